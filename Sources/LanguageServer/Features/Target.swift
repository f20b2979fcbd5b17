import Definitions
import Expressions
import OrderedJSON

/// What the text at an offset refers to.
enum Target {
  case action(FlowOutline.Action)
  case variable(FlowOutline.Declaration)
  case parameter(FlowOutline.Declaration)
  case function(FunctionDefinition)

  /// What is referred to, and the bytes that do so.
  static func find(in flow: OpenFlow, at offset: Int) -> (target: Target, range: Range<Int>)? {
    let cursor = SyntaxCursor(flow.tree, at: offset)
    switch cursor.spot {
    case .key(let member?): return key(member, cursor, flow)
    case .value(let node?):
      guard case .string = node.kind else { return nil }
      return value(node, cursor, flow)
    default: return nil
    }
  }

  private static func key(_ member: SyntaxMember, _ cursor: SyntaxCursor, _ flow: OpenFlow)
    -> (target: Target, range: Range<Int>)?
  {
    if let action = flow.outline.actions.first(where: {
      $0.member.key.range == member.key.range
    }) {
      return (.action(action), member.key.range)
    }
    if cursor.path.last == "runAfter", let action = flow.outline.action(member.name) {
      return (.action(action), member.key.range)
    }
    let parameter = flow.outline.parameters.first { $0.place == member.key.range }
    return parameter.map { (.parameter($0), member.key.range) }
  }

  private static func value(_ node: SyntaxNode, _ cursor: SyntaxCursor, _ flow: OpenFlow)
    -> (target: Target, range: Range<Int>)?
  {
    let (content, places) = flow.content(of: node)
    let position = places.content(at: cursor.offset)
    guard let expression = ExpressionCursor(content, at: position) else {
      let type = flow.outline.action(around: cursor.path)?.type ?? ""
      guard type.hasSuffix("Variable"), cursor.path.last == "name" else { return nil }
      return named(flow.tree.text(node) ?? "", flow.outline.variables).map {
        (.variable($0), node.range)
      }
    }
    if let literal = expression.literal, let call = expression.calls.last, call.argument == 0 {
      let name = String(decoding: content[literal], as: UTF8.self).replacing("''", with: "'")
      let range = places.source(of: literal)
      return self.name(name, of: call.name, flow).map { ($0, range) }
    }
    let word = String(decoding: content[expression.word], as: UTF8.self)
    return FunctionTable.function(named: word).map {
      (.function($0), places.source(of: expression.word))
    }
  }

  private static func name(_ name: String, of function: String, _ flow: OpenFlow) -> Target? {
    switch function.lowercased() {
    case "variables": named(name, flow.outline.variables).map { .variable($0) }
    case "parameters": named(name, flow.outline.parameters).map { .parameter($0) }
    case let function where actionFunctions.contains(function):
      flow.outline.action(name).map { .action($0) }
    default: nil
    }
  }

  /// Functions whose first argument names an action.
  static let actionFunctions: Set<String> = [
    "actions", "outputs", "body", "actionoutputs", "actionbody", "result", "items",
    "iterationindexes", "formdatavalue", "formdatamultivalues", "multipartbody",
  ]

  private static func named(_ name: String, _ declarations: [FlowOutline.Declaration])
    -> FlowOutline.Declaration?
  {
    declarations.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The bytes of what declares it; `nil` for functions.
  var declaration: Range<Int>? {
    switch self {
    case .action(let action): action.member.key.range
    case .variable(let declaration), .parameter(let declaration): declaration.place
    case .function: nil
    }
  }
}
