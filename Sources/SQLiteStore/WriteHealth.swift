import Seams
import Synchronization

/// Whether writes reach the disk, as the last transaction found.
final class WriteHealth: Sendable {
  private let state = Mutex<StoreFailure?>(nil)
  private let onChange: SQLiteStore.TroubleObserver

  init(onChange: @escaping SQLiteStore.TroubleObserver) { self.onChange = onChange }

  /// Why the last transaction failed; `nil` when it did not.
  var trouble: StoreFailure? { state.withLock { $0 } }

  /// Takes the outcome of a transaction; tells when it is of another kind than that before.
  func note(_ trouble: StoreFailure?) {
    let isNews = state.withLock { state in
      defer { state = trouble }
      return state?.kind != trouble?.kind
    }
    if isNews { onChange(trouble) }
  }
}
