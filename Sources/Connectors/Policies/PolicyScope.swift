internal import Definitions
internal import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

/// What the names in a policy's expressions mean.
///
/// Source: connector format reference, section (f), expressions.
struct PolicyScope {
  var connection: ConnectionValues
  var parameterSet: ConnectionParameterSet?
  var headers = HTTPFields()
  var query: [QueryItem] = []
  var pathValues: [(name: String, value: String)] = []
  var body: JSON?
  var item: JSON?

  /// The value of one expression; `nil` when it is missing and has no default.
  ///
  /// - Throws: C0008 when a path goes through something that is not there.
  func value(of expression: PolicyExpression) throws(Diagnostic) -> JSON? {
    let key = expression.arguments.first ?? ""
    switch expression.root {
    case .connectionParameters:
      return text(connection.value(key, in: parameterSet), or: expression)
    case .headers: return text(headers[key], or: expression)
    case .queryParameters:
      return text(query.first { $0.name == key }?.value, or: expression)
    case .body, .triggerBody: return try follow(expression, from: body)
    case .item: return try follow(expression, from: item)
    }
  }

  private func text(_ value: String?, or expression: PolicyExpression) -> JSON? {
    if let value, !value.isEmpty { return .string(value) }
    return expression.arguments.count > 1
      ? .string(expression.arguments[1]) : value.map(JSON.string)
  }

  private func follow(_ expression: PolicyExpression, from root: JSON?) throws(Diagnostic)
    -> JSON?
  {
    guard var current = root else { return nil }
    for (index, step) in expression.steps.enumerated() {
      let next: JSON?
      switch step {
      case .name(let name): next = current[name]
      case .index(let position): next = current[position]
      }
      guard let next, !next.isNull else {
        guard index == expression.steps.count - 1 else { throw Self.gap(expression, step) }
        return nil
      }
      current = next
    }
    return current
  }

  private static func gap(_ expression: PolicyExpression, _ step: PolicyExpression.Step)
    -> Diagnostic
  {
    let name: String
    switch step {
    case .name(let member): name = member
    case .index(let position): name = String(position)
    }
    return Diagnostic(
      .policyFailure,
      "the path of '@\(expression.root.rawValue)()' in a policy ends at '\(name)', which is missing",
      hint: "give the value, or correct the policy in apiProperties.json"
    )
  }

  /// The text of a template; values of expressions pass through `encode`.
  func text(
    of template: PolicyTemplate,
    encode: (String) -> String = { $0 }
  ) throws(Diagnostic) -> String {
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let literal): text += literal
      case .expression(let expression):
        text += encode(try value(of: expression).map(ParameterText.text) ?? "")
      case .pathVariable(let name):
        let lowered = name.lowercased()
        text += pathValues.first { $0.name.lowercased() == lowered }?.value ?? "{\(name)}"
      }
    }
    return text
  }

  /// The value of a template: that of its only expression, else its text.
  func value(of template: PolicyTemplate) throws(Diagnostic) -> JSON {
    if let expression = template.onlyExpression { return try value(of: expression) ?? .string("") }
    return .string(try text(of: template))
  }
}
