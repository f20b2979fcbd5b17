import Expressions
import OrderedJSON

/// Gives an action another name, everywhere.
///
/// Source: Language Server Protocol 3.17, section Rename Request.
struct Rename {
  let flow: OpenFlow
  let action: FlowOutline.Action

  /// `nil` where no action is named.
  init?(_ flow: OpenFlow, at offset: Int) {
    guard case .action(let action)? = Target.find(in: flow, at: offset)?.target else { return nil }
    self.flow = flow
    self.action = action
  }

  /// Why the action cannot have a name; `nil` when it can.
  func refusal(of name: String) -> String? {
    if name.isEmpty || name.count > 80 { return "a name has 1 to 80 characters" }
    if let control = name.unicodeScalars.first(where: { $0.value < 0x20 }) {
      return "a name has no control characters such as U+\(String(control.value, radix: 16))"
    }
    if name.contains("@") { return "a name with '@' would be read as an expression" }
    let other = flow.outline.actions.first {
      $0.name.lowercased() == name.lowercased() && $0.path != action.path
    }
    if let other { return "there is an action '\(other.name)' already; case does not count" }
    return nil
  }

  /// The edits of the document, in its order.
  func edits(to name: String) -> [JSON] {
    let key = JSON.string(name).text
    var edits = [(action.member.key.range, key)]
    for other in flow.outline.actions where other.block == action.block {
      for member in other.member.value?["runAfter"]?.members ?? [] where isMeant(member.name) {
        edits.append((member.key.range, key))
      }
    }
    let quoted = String(JSON.string(name.replacing("'", with: "''")).text.dropFirst().dropLast())
    visit(flow.tree.root) { node in edits += references(in: node).map { ($0, quoted) } }
    return edits.sorted { $0.0.lowerBound < $1.0.lowerBound }.map { range, text in
      ["range": flow.document.range(of: range), "newText": .string(text)]
    }
  }

  private func isMeant(_ name: String) -> Bool { name.lowercased() == action.name.lowercased() }

  /// Every string, keys included.
  private func visit(_ node: SyntaxNode, _ body: (SyntaxNode) -> Void) {
    switch node.kind {
    case .string: body(node)
    case .array(let elements): for element in elements { visit(element, body) }
    case .object(let members):
      for member in members {
        body(member.key)
        if let value = member.value { visit(value, body) }
      }
    case .scalar, .missing: break
    }
  }

  /// Where a string names the action, without quotes.
  private func references(in node: SyntaxNode) -> [Range<Int>] {
    guard let text = flow.tree.text(node), text.utf8.contains(UInt8(ascii: "@")) else { return [] }
    let (_, references) = Template.inspect(.string(text))
    let places = StringPlaces(flow.document.bytes, literal: node.range)
    return references.compactMap { located in
      switch located.reference {
      case .action(let name), .scope(let name), .loop(let name), .until(let name):
        guard isMeant(name), located.range.count >= 2 else { return nil }
        return places.source(of: located.range.lowerBound + 1..<located.range.upperBound - 1)
      default: return nil
      }
    }
  }
}
