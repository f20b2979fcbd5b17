import Foundation
import OrderedJSON
import Testing

/// Where secrets may not be found: in output, errors, and everything below the data folder.
@Suite struct SecrecyTests {
  private static let commands: [[String]] = [
    ["run", "start", "onboard-user"], ["run", "start", "onboard-user", "--output", "json"],
    ["run", "start", "onboard-or-roll-back", "--output", "json"], ["run", "start", "quoting"],
    ["run", "list", "--output", "json"], ["doctor"],
    ["flow", "validate"], ["flow", "show", "quoting", "--output", "json"],
    ["connector", "preview", connector, create, "--connection", "acs", "--output", "json"],
    ["connector", "call", connector, create, "--connection", "acs", "--parameters", token],
  ]
  private static let connector = "azure-communication-identity"
  private static let create = "CreateCommunicationIdentity"
  private static let token = #"{"body/createTokenWithScopes": ["chat"]}"#

  /// A flow that copies its token around, into a result and into a call that fails.
  private static let quoting: JSON = [
    "definition": [
      "triggers": ["manual": ["type": "Request"]],
      "actions": [
        "Create": [
          "type": "OpenApiConnection",
          "inputs": [
            "host": ["connectionName": "acs", "operationId": .string(create)],
            "parameters": ["body/createTokenWithScopes": ["chat"]],
          ],
        ],
        "Copy": [
          "type": "Compose", "inputs": "Bearer @{body('Create')?['accessToken']?['token']}",
          "runAfter": ["Create": ["Succeeded"]],
        ],
        "Misuse": [
          "type": "OpenApiConnection",
          "inputs": [
            "host": ["connectionName": "acs", "operationId": "DeleteCommunicationIdentity"],
            "parameters": ["identityId": "@outputs('Copy')"],
          ],
          "runAfter": ["Copy": ["Succeeded"]],
        ],
      ],
    ]
  ]

  @Test func `no secret reaches an output, an error or the data folder`() async throws {
    let place = try Workplace()
    try place.write(Self.quoting, to: "flows/quoting.json")
    let sandbox = try await SandboxServer(in: place)
    let recorder = try #require(WireRecorder(before: sandbox.port))
    let setting = "endpoint=http://127.0.0.1:\(recorder.port)/;accesskey=\(sandbox.accessKey)"
    var seen: [String: String] = [:]
    for command in Self.commands {
      let environment = [SandboxServer.setting: setting]
      let outcome = try await place.start(command, environment: environment).end()
      seen[command.joined(separator: " ")] = outcome.output + outcome.errors
    }
    for id in try await runs(of: place) {
      for form in ["text", "json"] {
        let outcome = try await place.weir("run", "show", id, "--output", form)
        seen["run show \(id) as \(form)"] = outcome.output + outcome.errors
      }
    }
    #expect(seen.count == Self.commands.count + 8)
    try await leaveRunInFlight(place, sandbox, [SandboxServer.setting: setting])
    #expect(FileManager.default.fileExists(atPath: place.data.appending(path: "weir.db-wal").path))
    for file in try files(below: place.data) {
      seen[file.lastPathComponent] = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    let issued = Set(
      recorder.text.matches(of: /eyJ[\w-]+\.[\w-]+\.[\w-]+/).map { String($0.output) }
    )
    let signed = recorder.text.matches(of: /Signature=(\S+)/).map { String($0.output.1) }
    #expect(issued.count >= 6)
    #expect(signed.count >= 14)
    let secrets = [sandbox.accessKey, setting] + issued + signed
    for (place, text) in seen {
      for secret in secrets { #expect(!text.contains(secret), "a secret is in \(place)") }
      // Whoever issued it: every JWT begins with {" in Base64.
      #expect(!text.contains(/eyJ[\w-]{8,}\.[\w-]+/), "a token is in \(place)")
    }
    expectNoCrash(try await sandbox.stop())
  }

  /// Kills a run that holds a token, so that the write-ahead log stays.
  private func leaveRunInFlight(
    _ place: Workplace,
    _ sandbox: SandboxServer,
    _ environment: [String: String]
  ) async throws {
    try await sandbox.holdRequest(after: 2)
    let process = try place.start(["run", "start", "onboard-user"], environment: environment)
    try await sandbox.waitForHeldRequest()
    process.kill()
    _ = try await process.end()
  }

  @Test func `the key file is readable by its owner only`() async throws {
    let place = try Workplace()
    _ = try await place.weir("run", "list")
    let path = place.data.appending(path: "key").path
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let refused = try await place.weir("run", "list")
    #expect(refused.exitCode == 5)
    #expect(refused.errors.contains("is open to other users (mode 644)"))
  }

  @Test func `a master key takes the place of the key file, and another one opens nothing`()
    async throws
  {
    let place = try Workplace()
    let key = ["WEIR_MASTER_KEY": "correct horse battery staple"]
    let sandbox = try await SandboxServer(in: place)
    let started = try await place.weir(
      "run",
      "start",
      "onboard-user",
      "--output",
      "json",
      environment: sandbox.environment.merging(key) { $1 }
    )
    #expect(started.exitCode == 0, "\(started.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.data.appending(path: "key").path))
    let id = try #require(JSON(parsing: started.output)["id"]?.stringValue)
    #expect(try await place.weir("run", "show", id, environment: key).exitCode == 0)
    let other = ["WEIR_MASTER_KEY": "another horse battery staple"]
    let refused = try await place.weir("run", "show", id, environment: other)
    #expect(refused.exitCode == 5, "\(refused.output)\(refused.errors)")
    #expect(refused.errors.contains("key"))
    expectNoCrash(refused)
    expectNoCrash(try await sandbox.stop())
  }

  private func runs(of place: Workplace) async throws -> [String] {
    let outcome = try await place.weir("run", "list", "--output", "json")
    return try (JSON(parsing: outcome.output).arrayValue ?? []).compactMap { $0["id"]?.stringValue }
  }

  private func files(below folder: URL) throws -> [URL] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .map { folder.appending(path: $0) }
      .filter { !$0.hasDirectoryPath && (try? Data(contentsOf: $0)) != nil }
  }
}
