import Connectors
import Definitions
import OrderedJSON

/// What is shown over a place.
///
/// Source: Language Server Protocol 3.17, section Hover Request.
enum Hover {
  static func content(in flow: OpenFlow, at offset: Int) -> JSON {
    if let (target, range) = Target.find(in: flow, at: offset) {
      return answer(text(of: target, flow), flow, range)
    }
    let cursor = SyntaxCursor(flow.tree, at: offset)
    switch cursor.spot {
    case .key(let member?):
      return key(member, cursor, flow).map { answer($0, flow, member.key.range) } ?? .null
    case .value(let node?):
      return value(cursor, flow).map { answer($0, flow, node.range) } ?? .null
    default: return .null
    }
  }

  private static func answer(_ text: String, _ flow: OpenFlow, _ range: Range<Int>) -> JSON {
    [
      "contents": ["kind": "markdown", "value": .string(text)],
      "range": flow.document.range(of: range),
    ]
  }

  // MARK: Names

  private static func text(of target: Target, _ flow: OpenFlow) -> String {
    switch target {
    case .function(let function): FunctionPage.text(function)
    case .variable(let variable): "variable **\(variable.name)** of type `\(variable.type)`"
    case .parameter(let parameter): "parameter **\(parameter.name)** of type `\(parameter.type)`"
    case .action(let action): text(of: action, flow)
    }
  }

  private static func text(of action: FlowOutline.Action, _ flow: OpenFlow) -> String {
    var parts = ["**\(action.name)** of type `\(action.type)`"]
    if let use = OperationUse(flow, action.path, type: action.type),
      let operation = use.operation
    {
      parts.append("calls **\(operation.title)** (`\(operation.id)`) of `\(use.connector.name)`")
    }
    if let value = flow.project.recorded(flow.name, action.name) {
      let text = value.prettyText
      let shown = text.count > longest ? text.prefix(longest) + "\n…" : text[...]
      parts.append("In the last run:\n\n```json\n\(shown)\n```")
    }
    return parts.joined(separator: "\n\n")
  }

  private static let longest = 2_000

  // MARK: Members

  private static func key(_ member: SyntaxMember, _ cursor: SyntaxCursor, _ flow: OpenFlow)
    -> String?
  {
    if cursor.path.last == "parameters", let use = flow.operation(around: cursor.path),
      let row = use.rows.first(where: { $0.flowKey == member.name })
    {
      let required = row.isRequired ? "required, " : ""
      return "**\(row.name)** (\(required)\(row.type))\n\n\(row.description)"
    }
    let place = FlowPlace(cursor.path + [member.name], in: flow.outline)
    return place.member.map { "**\($0.name)**\($0.isRequired ? " (required)" : ""): \($0.summary)" }
  }

  private static func value(_ cursor: SyntaxCursor, _ flow: OpenFlow) -> String? {
    guard cursor.path.last == "operationId", let use = flow.operation(around: cursor.path),
      let operation = use.operation
    else { return FlowPlace(cursor.path, in: flow.outline).member?.summary }
    return OperationUse.documentation(operation, of: use.connector)
  }
}
