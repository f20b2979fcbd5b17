/// Bounds on archives, which may come from anybody.
package struct ArchiveLimits: Sendable {
  package var entryCount: Int
  /// Of all entries together, unpacked.
  package var byteCount: Int

  package static let standard = ArchiveLimits(entryCount: 10_000, byteCount: 100 << 20)

  package init(entryCount: Int, byteCount: Int) {
    self.entryCount = entryCount
    self.byteCount = byteCount
  }
}
