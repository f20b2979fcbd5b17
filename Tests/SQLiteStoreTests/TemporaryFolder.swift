import Foundation

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.appending(path: "weir-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  /// Where a store may be; does not exist at first.
  var path: String { root.appending(path: "data").path }

  /// The database file of the store.
  var database: String { "\(path)/weir.db" }
}
