import Fixtures
import Foundation
import OrderedJSON
import Testing

@Suite struct GoldenTests {
  @Test func `the reference cases hold where they are at hand`() throws {
    guard let url = Fixtures.reference("golden/expressions.json") else { return }
    let json = try JSON(parsing: Array(Data(contentsOf: url)))
    let cases = ExpressionCase.cases(json)
    let differences = cases.compactMap { $0.difference() }
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    #expect(cases.count > 900)
  }
}
