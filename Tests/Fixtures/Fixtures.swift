package import Foundation
package import OrderedJSON

/// Finds and reads the data files of tests.
package enum Fixtures {
  /// The root of the repository.
  package static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Reference data such as `golden/expressions.json`, when this machine keeps it beside the
  /// repository.
  package static func reference(_ path: String) -> URL? {
    let url = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }

  /// A data file below `Tests`, such as `ExpressionsTests/Data/strings.json`.
  package static func data(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: root.appending(path: "Tests").appending(path: path)))
  }

  /// A JSON data file below `Tests`.
  package static func json(_ path: String) throws -> JSON {
    try JSON(parsing: data(path))
  }
}

extension Fixtures {
  /// A file of the repository's samples, such as `flows/onboard-user.json`.
  package static func sample(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: root.appending(path: path)))
  }
}
