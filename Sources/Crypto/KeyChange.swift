package import Diagnostics
internal import Glibc
package import Seams

/// The change from one key file to another, while the data is sealed anew.
///
/// The new key waits beside the present one until all data is sealed under it. Whatever interrupts
/// that, a sealed value tells which of the two is in force.
package struct KeyChange: Sendable {
  /// The file of the key in force.
  private let path: String

  private var next: String { "\(path).next" }

  package init(file path: String) { self.path = path }

  /// Whether a change has begun and not ended.
  package var isUnderWay: Bool { access(next, F_OK) == 0 }

  /// Makes a new key, and keeps it in a file until the change ends.
  ///
  /// - Throws: V0001 to V0004.
  package func begin(_ entropy: some Entropy) throws(Diagnostic) -> VaultKey {
    unlink(next)
    return try VaultKey(file: next, entropy: entropy)
  }

  /// Ends a change that was interrupted, by the key under which the data is sealed.
  ///
  /// - Parameter sample: A sealed value; `nil` when there is none, and the present key stays.
  /// - Throws: V0001 to V0004.
  package func settle(by sample: [UInt8]?) throws(Diagnostic) {
    guard isUnderWay else { return }
    guard let sample, let key = try? VaultKey(file: next), key.hasSealed(sample) else {
      unlink(next)
      return
    }
    _ = try finish()
  }

  /// Puts the new key in force.
  ///
  /// - Returns: Where the former key is, which opens backups from before.
  /// - Throws: V0004.
  package func finish() throws(Diagnostic) -> String? {
    let former = try retire()
    // Another process may have ended the same change just now.
    guard rename(next, path) == 0 || errno == ENOENT else {
      throw VaultKey.uncreatable(path, VaultKey.reason(errno))
    }
    VaultKey.syncFolder(of: path)
    return former
  }

  /// Keeps the present key under another name, for backups that were made under it; `nil` when there
  /// is none.
  ///
  /// - Throws: V0004.
  private func retire() throws(Diagnostic) -> String? {
    guard let key = try? VaultKey(file: path) else { return nil }
    let former = "\(path).\(Self.text(key.id))"
    guard link(path, former) == 0 || errno == EEXIST else {
      throw VaultKey.uncreatable(former, VaultKey.reason(errno))
    }
    return former
  }

  private static func text(_ id: [UInt8]) -> String {
    id.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// Gives a change up that did not come about.
  package func abandon() { unlink(next) }

  /// Takes the present key file out of use, once everything is sealed under a key that lives
  /// elsewhere.
  ///
  /// - Returns: Where the former key is; `nil` when there was no file.
  /// - Throws: V0004.
  package func dismiss() throws(Diagnostic) -> String? {
    let former = try retire()
    unlink(path)
    VaultKey.syncFolder(of: path)
    return former
  }
}
