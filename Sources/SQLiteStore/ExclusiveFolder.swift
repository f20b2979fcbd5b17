package import Seams

/// A data folder that nobody else uses, and that nobody can open until this is released.
///
/// For what may only be done to a database at rest: putting another in its place, changing its key.
package final class ExclusiveFolder: Sendable {
  package let path: String
  private let claim: FolderClaim
  private let opening: FileLock

  /// Takes a folder that is there.
  ///
  /// - Throws: `StoreFailure` of kind `busy` when a server or another process uses it.
  package init(_ path: String) throws(StoreFailure) {
    self.path = path
    claim = try FolderClaim(folder: path)
    // Whoever is opening the store has either finished by then, and is seen, or waits.
    opening = try FileLock("\(path)/opening.lock")
    guard !OwnerLocks.isAnybodyAlive(in: "\(path)/owners") else {
      throw StoreFailure(
        .busy,
        "another process works on '\(path)'",
        advice: "wait for it, or stop it: 'weir run list' shows what is running"
      )
    }
  }

  var database: String { "\(path)/weir.db" }

  /// Is there while a backup takes the place of the database.
  var restoring: String { "\(path)/restoring" }
}
