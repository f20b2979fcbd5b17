internal import Diagnostics
internal import Seams
internal import Synchronization

/// The state of all services, and what of it has to be saved.
final class StateShelf: Sendable {
  let storage: (any StateStorage)?
  private let log: Log
  private let changed = Mutex<[String: @Sendable () -> [UInt8]]>([:])
  /// One saves at a time, so that whoever finds nothing left to save knows that it is saved.
  private let saving = Mutex(())

  init(storage: (any StateStorage)? = nil, log: Log = .silent) {
    self.storage = storage
    self.log = log
  }

  /// Says that what was saved of a cell is not of this version, and begins anew.
  func reportUnreadable(_ name: String) {
    log.write(.warning, SandboxEvent.unreadable, [("name", name)])
  }

  /// Notes that a cell differs from what was saved of it.
  func note(_ name: String, _ content: @escaping @Sendable () -> [UInt8]) {
    changed.withLock { $0[name] = content }
  }

  /// Saves whatever was changed since the last time, before a client hears of it.
  ///
  /// - Throws: `Z0003`; what was not saved is saved with the next changes.
  func save() throws(Diagnostic) {
    guard let storage else { return }
    try saving.withLock { _ throws(Diagnostic) in try save(in: storage) }
  }

  private func save(in storage: any StateStorage) throws(Diagnostic) {
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
