import Seams

extension RuntimeFailure {
  /// Asks the store, whose failure becomes one of the runtime.
  static func asking<Value: Sendable>(_ body: () async throws(StoreFailure) -> Value)
    async throws(RuntimeFailure) -> Value
  {
    do throws(StoreFailure) { return try await body() } catch { throw .store(error) }
  }
}
