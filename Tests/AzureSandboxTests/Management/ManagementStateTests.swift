import Diagnostics
import HTTPMessages
import OrderedJSON
import Seams
import Testing

@testable import AzureSandbox

struct ManagementStateTests {
  @Test func `resources, links, identities, roles and keys survive a start`() async throws {
    let storage = MemoryStorage()
    let first = ManagementBench(storage: storage)
    await first.createService()
    await first.createEmailService()
    await first.createDomain(first.azureDomain, "AzureManaged")
    await first.createDomain(first.ownDomain, "CustomerManaged")
    _ = await first.link([first.azureDomain])
    let identity = await first.createIdentity("caller")
    let paths = [first.service, first.email, first.azureDomain, first.ownDomain, first.group]
    var shown: [JSON] = []
    for path in paths { shown.append(await first.send("GET", path).json) }
    let keys = await first.send("POST", first.service + "/listKeys").json
    let second = ManagementBench(storage: storage) { $0.seed = nil }
    second.settle()
    for (path, before) in zip(paths, shown) {
      #expect(await second.send("GET", path).json == before, "\(path)")
    }
    #expect(await second.send("POST", second.service + "/listKeys").json == keys)
    #expect(await second.send("GET", second.identity("caller")).json["properties"] == identity)
  }

  @Test func `what was under way goes on after a start`() async {
    let storage = MemoryStorage()
    let first = ManagementBench(storage: storage)
    let body = ManagementBench.body(["dataLocation": "UK"])
    let answer = await first.send("PUT", first.service, body)
    let url = answer.response.headers["Azure-AsyncOperation"] ?? ""
    let poll = String(url.dropFirst("http://\(TestBench.host)".count))
    let second = ManagementBench(storage: storage)
    #expect(await second.send("GET", poll).json.text("status") == "InProgress")
    second.settle()
    #expect(await second.send("GET", poll).json.text("status") == "Succeeded")
  }

  @Test func `what cannot be saved did not happen for the caller`() async {
    let bench = ManagementBench(storage: FullStorage())
    let answer = await bench.createService()
    #expect(answer.status == 500 && answer.code == "StateNotSaved")
    #expect(bench.bench.logged.contains { $0.event == "sandbox.state.unsaved" })
  }

  @Test func `a part of another version is reported and begins anew`() async throws {
    let storage = MemoryStorage()
    try storage.save([("resources", Array(#"{"services":1}"#.utf8))])
    let bench = ManagementBench(storage: storage)
    let entry = bench.bench.logged.first { $0.event == "sandbox.state.unreadable" }
    #expect(entry?.fields.first?.value == "resources")
    #expect(await bench.createService().status == 201)
  }

  /// A disk without room.
  private struct FullStorage: StateStorage {
    func load(_ name: String) -> [UInt8]? { nil }

    func save(_ changes: [(name: String, content: [UInt8])]) throws(Diagnostic) {
      throw Diagnostic(.unusableSandboxState, "the disk is full")
    }
  }
}
