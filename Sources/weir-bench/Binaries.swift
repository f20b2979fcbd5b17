import Foundation

/// The programs of this build.
enum Binaries {
  static let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()

  /// The product of this name that was built beside this one.
  ///
  /// - Throws: `BenchFailure` when it is not there.
  static func path(_ name: String) throws -> String {
    let url = own.deletingLastPathComponent().appending(path: name)
    guard FileManager.default.isExecutableFile(atPath: url.path) else {
      throw BenchFailure("'\(name)' is not built: run 'swift build -c release'")
    }
    return url.path
  }
}
