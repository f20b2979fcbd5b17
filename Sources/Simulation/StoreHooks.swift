package import Seams

/// What a simulation does around the writes of one process.
package struct StoreHooks: Sendable {
  package typealias Hook = @Sendable (JournalAppend) async throws(StoreFailure) -> Void

  /// Runs first; what it throws is the result, and nothing is written.
  package var beforeAppend: Hook
  /// Runs as soon as it is written, before anybody reads or writes anything else.
  package var appended: @Sendable (JournalAppend) -> Void
  /// Runs last; what it throws is the result, although everything was written.
  package var afterAppend: Hook
  /// The same around what else is written of the events of triggers.
  package var beforeFire: @Sendable () async throws(StoreFailure) -> Void
  package var afterFire: @Sendable () async throws(StoreFailure) -> Void
  /// Runs before everything else that is read or written; what it throws is the result.
  package var beforeAccess: @Sendable () async throws(StoreFailure) -> Void
  /// Runs after that, before whoever asked hears the result.
  package var afterAccess: @Sendable () async -> Void
  /// Runs after everything else that is written; what it throws is the result all the same.
  package var afterWrite: @Sendable () async throws(StoreFailure) -> Void

  package init(
    beforeAppend: @escaping Hook = { _ throws(StoreFailure) in },
    appended: @escaping @Sendable (JournalAppend) -> Void = { _ in },
    afterAppend: @escaping Hook = { _ throws(StoreFailure) in },
    beforeFire: @escaping @Sendable () async throws(StoreFailure) -> Void = {
      () throws(StoreFailure) in
    },
    afterFire: @escaping @Sendable () async throws(StoreFailure) -> Void = {
      () throws(StoreFailure) in
    },
    beforeAccess: @escaping @Sendable () async throws(StoreFailure) -> Void = {
      () throws(StoreFailure) in
    },
    afterAccess: @escaping @Sendable () async -> Void = {},
    afterWrite: @escaping @Sendable () async throws(StoreFailure) -> Void = {
      () throws(StoreFailure) in
    }
  ) {
    self.beforeAppend = beforeAppend
    self.appended = appended
    self.afterAppend = afterAppend
    self.beforeFire = beforeFire
    self.afterFire = afterFire
    self.beforeAccess = beforeAccess
    self.afterAccess = afterAccess
    self.afterWrite = afterWrite
  }
}
