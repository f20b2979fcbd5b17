import Fixtures
import Foundation
import Testing

/// The page of guarantees, compared with the tests that it names.
@Suite struct GuaranteesTests {
  private struct Statement {
    var text: String
    var tests: [String]
  }

  private func page() throws -> String {
    String(decoding: try Fixtures.sample("Sources/Guarantees.md"), as: UTF8.self)
  }

  /// The rows of all tables: what is said, and the tests in the last column.
  private func statements() throws -> [Statement] {
    try page().split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.contains("shown by |") }
      .map { line in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
          .dropLast()
        let tests = (cells.last ?? "").matches(of: /`([^`]+)`/).map { String($0.output.1) }
        return Statement(text: cells.dropLast().joined(separator: "|"), tests: tests)
      }
  }

  /// The names of all tests, and of the cases of contracts.
  private func testNames() throws -> Set<String> {
    let folder = Fixtures.root.appending(path: "Tests")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var names: Set<String> = []
    for case let file as URL in files ?? FileManager.DirectoryEnumerator() {
      guard file.pathExtension == "swift" else { continue }
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      names.formUnion(text.matches(of: /func `([^`]+)`/).map { String($0.output.1) })
      names.formUnion(text.matches(of: /StoreScenario\("([^"]+)"/).map { String($0.output.1) })
    }
    return names
  }

  @Test func `every guarantee names tests that exist`() throws {
    let names = try testNames()
    #expect(names.count > 500)
    let statements = try statements()
    #expect(statements.count > 25)
    for test in statements.flatMap(\.tests) {
      #expect(names.contains(test), "there is no test '\(test)'")
    }
  }

  @Test func `every guarantee is shown by a test, unless it is none`() throws {
    for statement in try statements() where statement.tests.isEmpty {
      #expect(statement.text.contains("Not supported"), "\(statement.text)")
    }
  }

  @Test func `the first page leads to the guarantees`() throws {
    let first = String(decoding: try Fixtures.sample("README.md"), as: UTF8.self)
    #expect(first.contains("(Sources/Guarantees.md)"))
  }
}
