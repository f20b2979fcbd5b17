/// Which kinds of value an expression may have, as far as that is known without evaluating it.
package struct KindInference: Sendable {
  /// The kinds of what is referred to by name, such as a variable; any kind when it is not known.
  private let named: @Sendable (Reference) -> KindSet

  package init(named: @escaping @Sendable (Reference) -> KindSet) { self.named = named }

  /// Knows functions and literals, and nothing by name.
  package static let standard = KindInference { _ in .any }

  package func kinds(of node: Node) -> KindSet {
    switch node {
    case .literal(let literal): KindSet(of: literal.value)
    case .selection: .any
    case .call(let call): kinds(of: call)
    }
  }

  /// The kinds of one string of a flow: an interpolation is a text, a whole expression what it gives.
  package func kinds(of template: Template) -> KindSet {
    switch template.root {
    case .constant(let value): KindSet(of: value)
    case .expression(let node): kinds(of: node)
    case .interpolation: .string
    case .array: .array
    case .object: .object
    }
  }

  private func kinds(of call: Node.Call) -> KindSet {
    switch call.name.lowercased() {
    case "parameters", "variables":
      return ReferenceCollector.reference(of: call).map(named) ?? .any
    case "if" where call.arguments.count == 3:
      return kinds(of: call.arguments[1]).union(kinds(of: call.arguments[2]))
    case "coalesce": return alternatives(call)
    case "add", "sub", "mul": return sum(call)
    case "div", "mod": return sum(call)
    case let name: return FunctionResults.kinds[name] ?? .any
    }
  }

  /// Of the first that is not null.
  private func alternatives(_ call: Node.Call) -> KindSet {
    var kinds: KindSet = []
    for argument in call.arguments {
      let own = self.kinds(of: argument)
      kinds.formUnion(own)
      if !own.contains(.null) { return kinds.subtracting(.null) }
    }
    return kinds.isEmpty ? .any : kinds
  }

  /// Whole numbers give a whole number.
  private func sum(_ call: Node.Call) -> KindSet {
    let operands = call.arguments.map { kinds(of: $0) }
    return !operands.isEmpty && operands.allSatisfy { $0 == .integer } ? .integer : .number
  }
}
