import Seams
import Testing

extension StoreScenario {
  static let connections: [StoreScenario] = [
    StoreScenario("connections are saved, replaced, listed by name and deleted") { open in
      let store = try open(Samples.owner)
      func stored(_ name: String, _ sealed: [UInt8]) -> StoredConnection {
        StoredConnection(name: name, connector: "sms", sealed: sealed, updated: Samples.start)
      }
      for name in ["b", "a", "é"] { try await store.saveConnection(stored(name, [0, 1])) }
      try await store.saveConnection(stored("a", []))
      let found = try await store.connection("a")
      #expect(found == stored("a", []))
      let listed = try await store.connections()
      #expect(listed.map(\.name) == ["a", "b", "é"])
      let deleted = try await store.deleteConnection("a")
      let again = try await store.deleteConnection("a")
      #expect([deleted, again] == [true, false])
      let missing = try await store.connection("a")
      #expect(missing == nil)
    }
  ]
}
