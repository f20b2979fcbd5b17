import Fixtures
import Foundation

/// The targets as `Package.swift` declares them.
struct Manifest {
  struct Target {
    var name: String
    var dependencies: [String]
    /// Whether it lies in `Sources`.
    var isShipped: Bool
  }

  let targets: [Target]

  init() throws {
    let text = try String(
      contentsOf: Fixtures.root.appending(path: "Package.swift"),
      encoding: .utf8
    )
    // Each declaration of the list begins at this indentation.
    targets = text.components(separatedBy: "\n    .").dropFirst().compactMap(Self.target)
  }

  private static let kinds = ["systemLibrary(", "target(", "executableTarget(", "testTarget("]

  private static func target(_ declaration: String) -> Target? {
    guard kinds.contains(where: declaration.hasPrefix),
      let name = declaration.firstMatch(of: /name: "([^"]+)"/)?.output.1
    else { return nil }
    let list = declaration.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.output.1 ?? ""
    return Target(
      name: String(name),
      dependencies: list.matches(of: /"([^"]+)"/).map { String($0.output.1) },
      isShipped: !declaration.hasPrefix("testTarget(") && !declaration.contains("path: \"Tests/")
    )
  }
}
