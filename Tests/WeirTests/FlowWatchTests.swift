import Definitions
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@testable import weir

@Suite struct FlowWatchTests {
  private let project: WatchedProject

  init() throws { project = try WatchedProject() }

  @Test func `a changed file takes effect and is stored first`() async throws {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    #expect(try await server.version("F") == 1)
    let first = try #require(server.served("f"))
    #expect(first.isEnabled && first.path == "flows/f.json" && first.problems.isEmpty)
    try project.write(WatchedProject.flow(20), to: "flows/f.json")
    await server.watch.look()
    #expect(try await server.version("f") == 20)
    let row = try await server.environment.store.flows().first
    #expect(row?.planHash == server.served("f")?.planHash)
    try project.write(WatchedProject.flow(3), to: "flows/new/workflow.json")
    await server.watch.look()
    #expect(try await server.version("new") == 3)
  }

  @Test(arguments: [
    "{ \"definition\": { \"triggers\"", "", "[]", "\u{0}\u{1}",
    #"{"definition": {"triggers": {"t": {"type": "Request"}}, "actions": {"a": {"type": "Compos"}}}}"#,
    #"{"definition": {"triggers": {"t": {"type": "Request"}}, "actions": {"a": {"type": "Compose", "inputs": "@nothing("}}}}"#,
  ])
  func `a broken edit keeps the last good version and says why`(text: String) async throws {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    try project.write(.string(text), to: "flows/f.json")
    await server.watch.look()
    let served = try #require(server.served("f"))
    #expect(served.isEnabled && served.problems.contains { $0.severity == .error })
    #expect(try await server.version("f") == 1)
    #expect(project.log.entries.contains { $0.event == "flow.broken" && $0.level == .warning })
    // Another process finds it broken and has the last good version all the same.
    let second = try project.server("b")
    try await second.watch.load()
    #expect(try await second.version("f") == 1)
    #expect(second.served("f")?.triggers.map(\.name) == ["t"])
    #expect(second.served("f")?.isEnabled == true)
    #expect(second.served("f")?.problems.isEmpty == false)
    let prepared = try await second.catalog.prepared(try #require(second.served("f")))
    #expect(prepared.stored.hash == served.planHash)
    try project.write(WatchedProject.flow(22), to: "flows/f.json")
    await second.watch.look()
    #expect(try await second.version("f") == 22)
    #expect(second.served("f")?.problems.isEmpty == true)
  }

  @Test func `a flow that never was right is listed with its problems and starts nothing`()
    async throws
  {
    try project.write("{", to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    let served = try #require(server.served("f"))
    #expect(!served.isEnabled && !served.hasVersion && !served.problems.isEmpty)
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    await server.watch.look()
    #expect(server.served("f")?.isEnabled == true)
    try project.write("{", to: "flows/g.json")
    await server.watch.look()
    try project.remove("flows/g.json")
    await server.watch.look()
    project.clock.advance(by: .seconds(3))
    await server.watch.look()
    #expect(server.served("g") == nil)
  }

  @Test func `a file that is gone for a moment does not disable its flow`() async throws {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    try project.remove("flows/f.json")
    await server.watch.look()
    project.clock.advance(by: .seconds(1))
    await server.watch.look()
    #expect(server.served("f")?.isEnabled == true)
    try project.write(WatchedProject.flow(2), to: "flows/f.json")
    await server.watch.look()
    project.clock.advance(by: .seconds(5))
    await server.watch.look()
    #expect(server.served("f")?.isEnabled == true)
    #expect(try await server.version("f") == 2)
  }

  @Test func `a removed file disables its flow, also over a restart, until it comes back`()
    async throws
  {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    try project.remove("flows/f.json")
    await server.watch.look()
    project.clock.advance(by: .seconds(3))
    await server.watch.look()
    #expect(server.served("f")?.isEnabled == false && server.served("f")?.path == nil)
    let second = try project.server("b")
    try await second.watch.load()
    #expect(second.served("f")?.isEnabled == false)
    for server in [server, second] {
      try project.write(WatchedProject.flow(1), to: "flows/f.json")
      await server.watch.look()
      #expect(server.served("f")?.isEnabled == true && server.served("f")?.path != nil)
    }
  }

  @Test func `a flow that somebody disabled stays so when its file changes`() async throws {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    var served = try #require(server.served("f"))
    served.isEnabled = false
    let row = StoredFlow(
      name: "f",
      planHash: served.planHash,
      isEnabled: false,
      changed: served.changed
    )
    try await server.environment.store.saveFlows([row], plans: [])
    server.catalog.put(served)
    try project.write(WatchedProject.flow(2), to: "flows/f.json")
    await server.watch.look()
    #expect(server.served("f")?.isEnabled == false)
    #expect(try await server.version("f") == 2)
    let second = try project.server("b")
    try await second.watch.load()
    #expect(second.served("f")?.isEnabled == false)
  }

  @Test func `connections and parameters take effect for flows that use them`() async throws {
    let host: JSON = [
      "definition": [
        "parameters": ["p": ["type": "Int"]],
        "triggers": ["t": ["type": "Request"]],
        "actions": [
          "a": [
            "type": "OpenApiConnection",
            "inputs": [
              "host": ["connectionName": "other", "operationId": "CreateCommunicationIdentity"]
            ],
          ]
        ],
      ]
    ]
    try project.write(host, to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    #expect(server.served("f")?.hasVersion == false)
    let other: JSON = ["other": ["connector": "azure-communication-identity"]]
    try project.write(other, to: "flows/connections.json")
    await server.watch.look()
    // Now only the parameter is missing.
    #expect(server.served("f")?.problems.map(\.message).contains { $0.contains("'p'") } == true)
    #expect(server.connections.declaration("other") != nil)
    try project.write(["p": ["value": 5]], to: "flows/parameters.json")
    await server.watch.look()
    let first = try await server.catalog.prepared(try #require(server.served("f")))
    #expect(first.parameters["p"] == 5)
    try project.write(["p": ["value": 66]], to: "flows/parameters.json")
    await server.watch.look()
    let second = try await server.catalog.prepared(try #require(server.served("f")))
    #expect(second.parameters["p"] == 66)
  }

  @Test func `a broken list of connections keeps what was declared`() async throws {
    try project.write(WatchedProject.flow(1), to: "flows/f.json")
    let server = try project.server()
    try await server.watch.load()
    #expect(server.connections.declaration("acs") != nil)
    try project.write("{ \"acs\":", to: "flows/connections.json")
    await server.watch.look()
    #expect(server.connections.declaration("acs") != nil)
    #expect(server.served("f")?.isEnabled == true)
    #expect(project.log.entries.contains { $0.event == "flow.broken" })
  }

  @Test func `the kernel tells of files that are written, renamed and removed`() async throws {
    let (events, continuation) = AsyncStream.makeStream(of: Void.self)
    let watch = try #require(FolderWatch { continuation.yield() })
    let folder = project.place.project.appending(path: "flows")
    watch.watch([folder.path, folder.appending(path: "missing").path])
    var heard = events.makeAsyncIterator()
    try project.write("{}", to: "flows/x.json")
    await heard.next()
    try FileManager.default.moveItem(
      at: folder.appending(path: "x.json"),
      to: folder.appending(path: "y.json")
    )
    await heard.next()
    try project.remove("flows/y.json")
    await heard.next()
  }
}
