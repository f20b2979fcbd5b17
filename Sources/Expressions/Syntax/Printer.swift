import OrderedJSON

/// Writes a tree as the text of an expression, which parses to the same tree.
package enum Printer {
  package static func text(of node: Node) -> String {
    var text = ""
    write(node, to: &text)
    return text
  }

  private static func write(_ node: Node, to text: inout String) {
    switch node {
    case .literal(let literal): text += spelling(of: literal.value)
    case .call(let call):
      text += call.name + "("
      for (index, argument) in call.arguments.enumerated() {
        if index > 0 { text += ", " }
        write(argument, to: &text)
      }
      text += ")"
    case .selection(let selection):
      write(selection.base, to: &text)
      for step in selection.steps {
        text += step.isOptional ? "?[" : "["
        write(step.key, to: &text)
        text += "]"
      }
    }
  }

  /// A float always has a fraction or an exponent, so that it stays one.
  private static func spelling(of value: JSON) -> String {
    switch value {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .double(let value): return spelling(of: value)
    case .string(let value):
      return "'" + doublingQuotes(value) + "'"
    case .decimal, .array, .object: return value.text
    }
  }

  /// Looks at scalars: a quote under a combining mark is a quote to the lexer.
  private static func doublingQuotes(_ text: String) -> String {
    var doubled = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      doubled.append(scalar)
      if scalar == "'" { doubled.append(scalar) }
    }
    return String(doubled)
  }

  private static func spelling(of value: Double) -> String {
    guard value.isFinite else { return value < 0 ? "-1e999" : "1e999" }
    let text = NumberText.text(of: value)
    return text.contains { $0 == "." || $0 == "E" } ? text : text + ".0"
  }
}
