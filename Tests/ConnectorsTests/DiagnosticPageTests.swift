import Connectors
import Definitions
import Diagnostics
import Expressions
import OrderedJSON
import Testing

/// The pages of `weir explain`.
struct DiagnosticPageTests {
  @Test(arguments: DiagnosticCode.catalogue)
  func `every code has a page with what happened, an example and what to do`(code: DiagnosticCode) {
    for part in [code.title, code.explanation, code.example.text, code.remedy] {
      #expect(part.contains { $0.isLetter }, "\(code.id)")
    }
    for part in [code.explanation, code.remedy] {
      #expect(part.first?.isUppercase == true || part.hasPrefix("'") || part.hasPrefix("\""))
      #expect(
        [".", "}", "]"].contains { part.hasSuffix($0) } || part.contains("openssl"),
        "\(part)"
      )
    }
    #expect(code.page.contains(code.remedy) && code.page.hasPrefix("\(code.id): "))
  }

  @Test func `numbers are unique, and a letter with four digits`() {
    let ids = DiagnosticCode.catalogue.map(\.id)
    #expect(Set(ids).count == ids.count)
    for id in ids {
      #expect(id.count == 5 && id.first?.isUppercase == true && Int(id.dropFirst()) != nil)
    }
  }

  @Test(arguments: DiagnosticCode.catalogue)
  func `an example that is an expression or a flow has the problem`(code: DiagnosticCode) throws {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    let found: [Diagnostic]
    switch code.example {
    case .shown: return
    case .expression(let text): found = Self.problems(ofExpression: text)
    case .flow(let text): found = FlowProblems.all(of: text, connector)
    case .actions(let text):
      let flow = "{\"triggers\": {\"manual\": {\"type\": \"Request\"}}, \"actions\": \(text)}"
      found = FlowProblems.all(of: flow, connector)
    }
    #expect(found.map(\.code.id) == [code.id], "\(found.map(\.message))")
  }

  /// What is found before evaluation, or else by it.
  private static func problems(ofExpression text: String) -> [Diagnostic] {
    let known = Template.check(.string(text))
    guard known.isEmpty else { return known.map { Diagnostic($0.code, $0.message) } }
    do throws(ExpressionError) {
      _ = try Template(compiling: .string(text)).evaluate(in: EmptyScope())
      return []
    } catch {
      return [error.diagnostic]
    }
  }
}
