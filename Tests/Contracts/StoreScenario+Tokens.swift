import Seams
import Testing
import Timekeeping

extension StoreScenario {
  static let tokens: [StoreScenario] = [
    StoreScenario("one process at a time renews a token") { open in
      let first = try open(OwnerID("first"))
      let second = try open(OwnerID("second"))
      let lease = try await first.leaseToken("a", takingOver: nil)
      #expect(lease == .granted(fence: 1, nil))
      let refused = try await second.leaseToken("a", takingOver: nil)
      #expect(refused == .held(by: OwnerID("first"), fence: 1))
      let other = try await second.leaseToken("b", takingOver: nil)
      #expect(other == .granted(fence: 1, nil))
      let token = StoredToken(key: "a", sealed: [1, 2], updated: Samples.start)
      let isSaved = try await first.saveToken(token, fence: 1)
      #expect(isSaved)
      let found = try await second.token("a")
      #expect(found == token)
      let next = try await second.leaseToken("a", takingOver: nil)
      #expect(next == .granted(fence: 2, token))
    },
    StoreScenario("who lost a lease cannot save") { open in
      let slow = try open(OwnerID("slow"))
      let quick = try open(OwnerID("quick"))
      _ = try await slow.leaseToken("a", takingOver: nil)
      let taken = try await quick.leaseToken("a", takingOver: 1)
      #expect(taken == .granted(fence: 2, nil))
      let late = StoredToken(key: "a", sealed: [1], updated: Samples.start)
      let isLateSaved = try await slow.saveToken(late, fence: 1)
      #expect(!isLateSaved)
      try await slow.endTokenLease("a", fence: 1)
      let isSaved = try await quick.saveToken(
        StoredToken(key: "a", sealed: [2], updated: Samples.start),
        fence: 2
      )
      let found = try await slow.token("a")
      #expect(isSaved && found?.sealed == [2])
    },
    StoreScenario("a connection and the token of its sign-in are saved together or not at all") {
      open in
      let store = try open(Samples.owner)
      _ = try await store.leaseToken("a", takingOver: nil)
      let token = StoredToken(key: "a", sealed: [1], updated: Samples.start)
      let connection = StoredConnection(
        name: "a",
        connector: "mail",
        sealed: [2],
        updated: Samples.start
      )
      let isSavedLate = try await store.saveConnection(connection, token: token, fence: 7)
      #expect(!isSavedLate)
      #expect(try await store.connection("a") == nil)
      #expect(try await store.token("a") == nil)
      let isSaved = try await store.saveConnection(connection, token: token, fence: 1)
      #expect(isSaved)
      #expect(try await store.connection("a") == connection)
      #expect(try await store.token("a") == token)
      let next = try await store.leaseToken("a", takingOver: nil)
      #expect(next == .granted(fence: 2, token))
    },
    StoreScenario("a lease that is taken over is not taken over again") { open in
      let first = try open(OwnerID("first"))
      let second = try open(OwnerID("second"))
      let third = try open(OwnerID("third"))
      _ = try await first.leaseToken("a", takingOver: nil)
      let taken = try await second.leaseToken("a", takingOver: 1)
      #expect(taken == .granted(fence: 2, nil))
      let refused = try await third.leaseToken("a", takingOver: 1)
      #expect(refused == .held(by: OwnerID("second"), fence: 2))
    },
    StoreScenario("a deleted token does not come back") { open in
      let store = try open(Samples.owner)
      let token = StoredToken(key: "a", sealed: [1], updated: Samples.start)
      _ = try await store.leaseToken("a", takingOver: nil)
      try await store.deleteToken("a")
      let isSaved = try await store.saveToken(token, fence: 1)
      #expect(!isSaved)
      let lease = try await store.leaseToken("a", takingOver: nil)
      #expect(lease == .granted(fence: 3, nil))
      let found = try await store.token("a")
      #expect(found == nil)
    },
  ]
}
