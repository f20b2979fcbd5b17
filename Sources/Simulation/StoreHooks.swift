package import Seams

/// What a simulation does around the appends of one process.
package struct StoreHooks: Sendable {
  package typealias Hook = @Sendable (JournalAppend) async throws(StoreFailure) -> Void

  /// Runs first; what it throws is the result, and nothing is written.
  package var beforeAppend: Hook
  /// Runs last; what it throws is the result, although everything was written.
  package var afterAppend: Hook

  package init(
    beforeAppend: @escaping Hook = { _ throws(StoreFailure) in },
    afterAppend: @escaping Hook = { _ throws(StoreFailure) in }
  ) {
    self.beforeAppend = beforeAppend
    self.afterAppend = afterAppend
  }
}
