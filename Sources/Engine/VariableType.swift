import OrderedJSON

/// The types of variables and what fits into them.
///
/// Source: workflow language reference, section d.2.
enum VariableType {
  /// The value as a variable of this type holds it; `nil` when it does not fit.
  static func value(_ value: JSON, ofType type: String) -> JSON? {
    switch (type, value) {
    case ("string", .string), ("boolean", .bool), ("integer", .integer), ("float", .double),
      ("float", .decimal), ("object", .object), ("array", .array):
      value
    case ("string", .null): ""
    case ("array", .null): []
    case ("integer", .null): 0
    case ("float", .null): 0.0
    case ("boolean", .null): false
    case ("object", .null): .null
    case ("float", .integer(let number)): .double(Double(number))
    // A variable of type object holds any JSON value in practice.
    case ("object", _): value
    default: nil
    }
  }

  static func sum(_ current: JSON, _ operand: JSON, sign: Int64) -> JSON? {
    switch (current, operand) {
    case (.integer(let left), .integer(let right)):
      let (signed, overflow) = right.multipliedReportingOverflow(by: sign)
      let (sum, carry) = left.addingReportingOverflow(signed)
      return overflow || carry ? nil : .integer(sum)
    case (.double(let left), _):
      return operand.doubleValue.map { .double(left + Double(sign) * $0) }
    default: return nil
    }
  }

  static func appended(_ current: JSON, _ operand: JSON) -> JSON? {
    guard case .array(var elements) = current else { return nil }
    switch operand {
    case .null, .array: return nil
    default:
      elements.append(operand)
      return .array(elements)
    }
  }
}
