import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Keeps the answers of token requests in memory until they expire; one request at a time for each.
actor TokenCache {
  /// A connection's token; other credentials make another request and so another key.
  struct Key: Hashable, Sendable {
    var connection: String
    var token: String
    var request: HTTPRequest
  }

  struct Entry: Sendable {
    var outputs: JSON
    var expires: Timestamp
  }

  private let environment: Environment
  private var entries: [Key: Entry] = [:]
  private var asking: [Key: [CheckedContinuation<Void, Never>]] = [:]

  init(environment: Environment) { self.environment = environment }

  /// The outputs of a token request that are still good; asks when there are none.
  ///
  /// Who comes while somebody asks waits for that answer, and asks itself when it was a failure.
  func outputs(
    for key: Key,
    asking ask: @Sendable () async throws(CallFailure) -> Entry
  ) async throws(CallFailure) -> JSON {
    while true {
      if let entry = entries[key], entry.expires > environment.clock.now() { return entry.outputs }
      guard asking[key] == nil else {
        await withCheckedContinuation { asking[key]?.append($0) }
        continue
      }
      asking[key] = []
      defer { for waiter in asking.removeValue(forKey: key) ?? [] { waiter.resume() } }
      let entry = try await ask()
      entries = entries.filter { $0.value.expires > environment.clock.now() }
      entries[key] = entry
      return entry.outputs
    }
  }

  /// Drops a token that a service refused, unless there is a newer one.
  func forget(_ key: Key, _ refused: JSON) {
    if entries[key]?.outputs == refused { entries[key] = nil }
  }
}
