import Expressions
import OrderedJSON

/// One of the kinds of the Expression action.
///
/// Source: workflow language reference, section d.1.
package struct TimeOperation: Sendable {
  package let kind: String
  private let function: String
  private let members: [String]

  /// The operation of a kind as the language spells it; `nil` for other texts.
  package init?(kind: String) {
    guard let (function, members) = Self.functions[kind] else { return nil }
    self.kind = kind
    self.function = function
    self.members = members
  }

  private static let functions: [String: (String, [String])] = [
    "AddToTime": ("addToTime", ["baseTime", "interval", "timeUnit"]),
    "SubtractFromTime": ("subtractFromTime", ["baseTime", "interval", "timeUnit"]),
    "ConvertTimeZone": (
      "convertTimeZone", ["baseTime", "sourceTimeZone", "destinationTimeZone"]
    ),
    "CurrentTime": ("utcNow", []),
    "GetFutureTime": ("getFutureTime", ["interval", "timeUnit"]),
    "GetPastTime": ("getPastTime", ["interval", "timeUnit"]),
  ]

  /// The call of the function that does the same, over inputs that `item()` stands for.
  ///
  /// - Throws: `ExpressionError` when the call cannot be compiled.
  func call(for inputs: JSON) throws(ExpressionError) -> Expression {
    let hasFormat = inputs["formatString"]?.stringValue?.isEmpty == false
    let names = members + (hasFormat ? ["formatString"] : [])
    let arguments = names.map { "item()?['\($0)']" }
    return try Expression(parsing: "\(function)(\(arguments.joined(separator: ",")))")
  }
}
