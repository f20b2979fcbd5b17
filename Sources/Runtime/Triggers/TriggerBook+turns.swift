import Seams

extension TriggerBook {
  /// Lets one after the other change rows.
  func changing<Value: Sendable>(_ body: () async throws(RuntimeFailure) -> Value)
    async throws(RuntimeFailure) -> Value
  {
    while turns.isTaken { await withCheckedContinuation { turns.wait($0) } }
    turns.take()
    defer { turns.end() }
    return try await body()
  }

  func stored<Value: Sendable>(
    _ body: (any Store) async throws(StoreFailure) -> Value
  ) async throws(RuntimeFailure) -> Value {
    do throws(StoreFailure) { return try await body(environment.store) } catch {
      throw .store(error)
    }
  }
}
