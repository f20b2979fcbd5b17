import Engine
import Fixtures
import Foundation
import OrderedJSON
import SQLiteStore
import Testing

/// Kills processes of one data folder at moments that a seed decides, and looks at what is left.
final class KillStorm {
  let place: Workplace
  let sandbox: SandboxServer
  private(set) var ledger = StepLedger()
  private(set) var killCount = 0
  private var random: SeededGenerator

  /// The requests of the project carry their idempotency keys in `header`.
  init(seed: UInt64, header: String) async throws {
    random = SeededGenerator(state: seed)
    place = try Workplace()
    sandbox = try await SandboxServer(
      in: place,
      options: ["--no-limits", "--remember", "1000000"]
    )
    try prepareProject(header)
    // From here on there is a database, so that the first write of a process can be seen.
    try #require(try await place.weir("run", "list").exitCode == 0)
  }

  /// The connector with keys for its requests, and without limits that would make runs wait.
  private func prepareProject(_ header: String) throws {
    let path = "definitions/azure-communication-identity/runtime.json"
    var settings = try JSON(parsing: Fixtures.sample(path)).objectValue ?? [:]
    settings["idempotencyHeader"] = .string(header)
    try place.write(.object(settings), to: path)
    let key: JSON = "@appsetting('AZURE_COMMUNICATION_CONNECTION_STRING')"
    let connection: JSON = [
      "connector": "azure-communication-identity", "limits": "off", "parameters": ["api_key": key],
    ]
    try place.write(["acs": connection], to: "flows/connections.json")
    for (name, flow) in Self.flows { try place.write(flow, to: "flows/\(name).json") }
  }

  private static func call(_ operation: String, _ parameters: JSON = [:], after: JSON = [:]) -> JSON
  {
    [
      "type": "OpenApiConnection", "runAfter": after,
      "inputs": [
        "host": ["connectionName": "acs", "operationId": .string(operation)],
        "parameters": parameters,
      ],
    ]
  }

  /// One that fails after its first step, and one that a timer starts.
  private static let flows: [(String, JSON)] = [
    (
      "half",
      [
        "definition": [
          "triggers": ["manual": ["type": "Request", "kind": "Http"]],
          "actions": [
            "Create": call("CreateCommunicationIdentity"),
            "Refused": call(
              "IssueIdentityAccessToken",
              ["identityId": "@body('Create')?['identity']?['id']", "body/scopes": ["no-such"]],
              after: ["Create": ["Succeeded"]]
            ),
          ],
        ]
      ]
    ),
    (
      "tick",
      [
        "definition": [
          "triggers": [
            "t": [
              "type": "Recurrence", "recurrence": ["frequency": "Second", "interval": 1],
              "metadata": ["missedFires": "all"],
            ]
          ],
          "actions": ["Create": call("CreateCommunicationIdentity")],
        ]
      ]
    ),
  ]

  // MARK: Rounds

  /// Starts what the seed says, kills it, and compares what is left with what was there before.
  func round() async throws {
    let round = StormRound(drawnBy: &random, unfinished: ledger.unfinished)
    let strike = KillStrike(place: place, environment: sandbox.environment)
    let outcomes = try await withThrowingTaskGroup(of: KillStrike.Outcome.self) { group in
      for (work, delay) in zip(round.works, round.delays) {
        group.addTask { try await strike.perform(work, after: delay) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for run in outcomes.flatMap(\.acknowledged) { ledger.acknowledge(run) }
    let deaths = outcomes.filter(\.isKilled).count
    killCount += deaths
    try await look(deaths: deaths, hasSurvivors: deaths < outcomes.count)
  }

  private func look(deaths: Int, hasSurvivors: Bool = false, isWhole: Bool = false) async throws {
    let snapshot = try FolderSnapshot(of: place.data, in: place)
    let requests = try await sandbox.log().count
    try await ledger.take(
      snapshot,
      requests: requests,
      deaths: deaths,
      hasSurvivors: hasSurvivors,
      isWhole: isWhole
    )
    if isWhole {
      try await ledger.judgeFires(in: snapshot)
      #expect(try snapshot.store.check().isEmpty)
    }
    await snapshot.close()
  }

  // MARK: The end

  /// Finishes everything that was begun, by hand and by a server, and judges what was sent.
  func settle() async throws -> [LoggedRequest] {
    try await finish(ledger.unfinished.prefix(3))
    let server = try await FlowServer(
      in: place,
      "--insecure-loopback",
      environment: sandbox.environment
    )
    try await eventually {
      let answer = try await server.send("GET", "/api/runs?$filter=status%20eq%20'Running'")
      return answer.content["value"]?.arrayValue?.isEmpty == true
    }
    #expect(try await server.stop().exitCode == 0)
    let replays = try await place.weir(
      "run",
      "resubmit",
      "--continue",
      environment: sandbox.environment
    )
    #expect(replays.exitCode < 2, "\(replays.errors)")
    // A run that a timer started as the server stopped goes on when somebody takes it over.
    try await look(deaths: 0)
    try await finish(ledger.unfinished[...])
    try await look(deaths: 0, isWhole: true)
    let log = try await sandbox.log()
    ledger.judge(log)
    return log
  }

  private func finish(_ runs: ArraySlice<RunID>) async throws {
    for run in runs {
      let outcome = try await place.weir("run", "wait", run.text, environment: sandbox.environment)
      #expect(outcome.exitCode < 2, "\(outcome.errors)")
    }
  }
}
