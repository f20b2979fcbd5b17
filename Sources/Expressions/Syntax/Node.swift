package import OrderedJSON

/// A parsed expression.
///
/// Call nodes hold their function, so that evaluation looks nothing up by name.
///
/// Source: workflow language reference, section b.2.
package enum Node: Sendable {
  case literal(Literal)
  case call(Call)
  case selection(Selection)

  /// A text, number, boolean or null.
  package final class Literal: Sendable {
    package let value: JSON
    package let range: Range<Int>

    init(_ value: JSON, range: Range<Int>) {
      self.value = value
      self.range = range
    }
  }

  /// A function with its arguments.
  package final class Call: Sendable {
    /// The name as written.
    package let name: String
    /// The function; `nil` when there is none with this name.
    package let function: FunctionDefinition?
    package let arguments: [Node]
    package let nameRange: Range<Int>
    package let range: Range<Int>
    /// Whether function and number of arguments fit each other.
    let isValid: Bool
    let locale: PreparedLocale?

    init(name: String, arguments: [Node], nameRange: Range<Int>, range: Range<Int>) {
      self.name = name
      self.arguments = arguments
      self.nameRange = nameRange
      self.range = range
      function = FunctionTable.function(named: name)
      isValid = function?.accepts(count: arguments.count) ?? false
      locale = PreparedLocale(function: function, arguments: arguments)
    }
  }

  /// Properties and elements taken, step by step, from the result of a call.
  package final class Selection: Sendable {
    package let base: Node
    package let steps: [Step]

    init(base: Node, steps: [Step]) {
      self.base = base
      self.steps = steps
    }
  }

  /// One `.name`, `?.name`, `[key]` or `?[key]`.
  package struct Step: Sendable {
    package let key: Node
    /// Whether a `?` turns an absent value into null.
    package let isOptional: Bool
    package let range: Range<Int>
  }

  /// The bytes of the node in the string that holds the expression.
  package var range: Range<Int> {
    switch self {
    case .literal(let literal): literal.range
    case .call(let call): call.range
    case .selection(let selection):
      selection.base.range
        .lowerBound..<(selection.steps.last?.range ?? selection.base.range)
        .upperBound
    }
  }

  /// The nodes directly below this one, in the order of the text.
  package var children: [Node] {
    switch self {
    case .literal: []
    case .call(let call): call.arguments
    case .selection(let selection): [selection.base] + selection.steps.map(\.key)
    }
  }
}

extension Node: Equatable {
  /// Whether both are written alike, apart from white space and the case of function names.
  package static func == (left: Node, right: Node) -> Bool {
    switch (left, right) {
    case (.literal(let left), .literal(let right)):
      left.value.kindName == right.value.kindName && left.value == right.value
    case (.call(let left), .call(let right)):
      left.name.lowercased() == right.name.lowercased() && left.arguments == right.arguments
    case (.selection(let left), .selection(let right)):
      left.base == right.base && left.steps == right.steps
    default: false
    }
  }
}

extension Node.Step: Equatable {
  package static func == (left: Node.Step, right: Node.Step) -> Bool {
    left.isOptional == right.isOptional && left.key == right.key
  }
}
