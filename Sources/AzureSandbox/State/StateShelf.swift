internal import Diagnostics
internal import Synchronization

/// The state of all services, and what of it has to be saved.
final class StateShelf: Sendable {
  let storage: (any StateStorage)?
  private let changed = Mutex<[String: @Sendable () -> [UInt8]]>([:])

  init(storage: (any StateStorage)? = nil) { self.storage = storage }

  /// Notes that a cell differs from what was saved of it.
  func note(_ name: String, _ content: @escaping @Sendable () -> [UInt8]) {
    changed.withLock { $0[name] = content }
  }

  /// Saves whatever was changed since the last time, before a client hears of it.
  ///
  /// - Throws: `Z0003`; what was not saved is saved with the next changes.
  func save() throws(Diagnostic) {
    guard let storage else { return }
    let cells = changed.withLock { changed in
      defer { changed = [:] }
      return changed
    }
    guard !cells.isEmpty else { return }
    do throws(Diagnostic) {
      try storage.save(cells.sorted { $0.key < $1.key }.map { ($0.key, $0.value()) })
    } catch {
      changed.withLock { $0.merge(cells) { newer, _ in newer } }
      throw error
    }
  }
}
