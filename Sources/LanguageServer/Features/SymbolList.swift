import OrderedJSON

/// The triggers and actions of a flow as a tree.
///
/// Source: Language Server Protocol 3.17, section Document Symbols Request.
enum SymbolList {
  static func symbols(in flow: OpenFlow) -> JSON {
    let triggers = flow.outline.triggers.map {
      symbol($0.member, $0.type, kind: 24, children: [], flow)
    }
    let root = flow.outline.base + ["actions"]
    return .array(triggers + actions(below: root, flow))
  }

  private static func actions(below path: [String], _ flow: OpenFlow) -> [JSON] {
    flow.outline.actions.filter { owner(of: $0, flow) == path }.map { action in
      symbol(action.member, action.type, kind: 6, children: actions(below: action.path, flow), flow)
    }
  }

  /// The path of the action around, or of the outermost block.
  private static func owner(of action: FlowOutline.Action, _ flow: OpenFlow) -> [String] {
    flow.outline.action(around: Array(action.path.dropLast()))?.path ?? action.block
  }

  private static func symbol(
    _ member: SyntaxMember,
    _ type: String,
    kind: Int64,
    children: [JSON],
    _ flow: OpenFlow
  ) -> JSON {
    let end = member.value?.range.upperBound ?? member.key.range.upperBound
    var symbol: JSONObject = [
      "name": .string(member.name.isEmpty ? " " : member.name), "detail": .string(type),
      "kind": .integer(kind),
      "range": flow.document.range(of: member.key.range.lowerBound..<end),
      "selectionRange": flow.document.range(of: member.key.range),
    ]
    if !children.isEmpty { symbol["children"] = .array(children) }
    return .object(symbol)
  }
}
