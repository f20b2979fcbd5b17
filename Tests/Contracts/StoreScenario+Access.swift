import Seams
import Testing
import Timekeeping

extension StoreScenario {
  private static func token(_ name: String, _ hash: [UInt8], expires: Timestamp? = nil)
    -> AccessToken
  {
    let created = Samples.start
    return AccessToken(name: name, hash: hash, role: "reader", created: created, expires: expires)
  }

  static let access: [StoreScenario] = [
    StoreScenario("tokens of access are found by hash, listed by name and deleted") { open in
      let store = try open(Samples.owner)
      let end = Samples.start + .seconds(60)
      let (a, b) = (token("a", [1, 0]), token("b", [0, 255], expires: end))
      try await store.createAccessToken(b)
      try await store.createAccessToken(a)
      let found = try await [store.accessToken(hash: [0, 255]), store.accessToken(hash: [1])]
      #expect(found == [b, nil])
      let listed = try await store.accessTokens()
      #expect(listed == [a, b])
      let deleted = try await store.deleteAccessToken("a")
      let again = try await store.deleteAccessToken("a")
      #expect([deleted, again] == [true, false])
      let gone = try await store.accessToken(hash: [1, 0])
      #expect(gone == nil)
    },
    StoreScenario("the name of a token of access is taken once") { open in
      let store = try open(Samples.owner)
      try await store.createAccessToken(token("a", [1]))
      let kind = await failureKind { () async throws(StoreFailure) in
        try await store.createAccessToken(token("a", [2]))
      }
      #expect(kind == .exists)
      let listed = try await store.accessTokens()
      #expect(listed == [token("a", [1])])
    },
    StoreScenario("of keys that are made at once, one counts") { open in
      let store = try open(Samples.owner)
      let none = try await store.callbackKeys(of: "f")
      #expect(none == nil)
      let first = try await store.saveCallbackKeys([1], of: "f", replacing: nil)
      let late = try await store.saveCallbackKeys([2], of: "f", replacing: nil)
      #expect([first, late] == [[1], [1]])
      let new = try await store.saveCallbackKeys([3], of: "f", replacing: [1])
      let stale = try await store.saveCallbackKeys([4], of: "f", replacing: [1])
      let kept = try await store.callbackKeys(of: "f")
      #expect([new, stale, kept] == [[3], [3], [3]])
      let other = try await store.saveCallbackKeys([9], of: "g", replacing: nil)
      #expect(other == [9])
    },
    StoreScenario("the audit is newest first and limited") { open in
      let store = try open(Samples.owner)
      let entries = (0..<6).map { number in
        AuditEntry(
          time: Samples.start + .seconds(number / 2),
          actor: "é",
          action: "run.cancel",
          subject: "run/\(number)",
          detail: number == 0 ? nil : "🙂"
        )
      }
      for entry in entries { try await store.recordAudit(entry) }
      let all = try await store.audit(since: nil, limit: 9)
      #expect(all == entries.reversed())
      let some = try await store.audit(since: Samples.start + .seconds(1), limit: 3)
      #expect(some == [entries[5], entries[4], entries[3]])
      let none = try await store.audit(since: Samples.start + .seconds(3), limit: 3)
      #expect(none.isEmpty)
    },
  ]
}
