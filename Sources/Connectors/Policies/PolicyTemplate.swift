/// A policy parameter: text with expressions, and with `{name}` for path variables where allowed.
///
/// Source: connector format reference, section (f), expressions.
struct PolicyTemplate: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case text(String)
    case expression(PolicyExpression)
    case pathVariable(String)
  }

  let parts: [Part]

  init(_ text: String, withPathVariables: Bool = false) {
    var parser = PolicyTemplateParser(text, withPathVariables: withPathVariables)
    parts = parser.parse()
  }

  /// The expression when there is nothing else.
  var onlyExpression: PolicyExpression? {
    guard parts.count == 1, case .expression(let expression) = parts[0] else { return nil }
    return expression
  }

  var expressions: [PolicyExpression] {
    parts.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }
}
