import Foundation
import OrderedJSON

/// Keywords for values of any kind, for numbers and for texts.
extension SchemaValidator {
  func checkAnyKind(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    if let type = keywords["type"] { checkType(value, type, &result) }
    if let choices = keywords["enum"]?.arrayValue, !choices.contains(where: { same($0, value) }) {
      fail("Value is not defined in enum.", &result)
    }
    if let constant = keywords["const"], !same(constant, value) {
      fail("Value does not match const.", &result)
    }
  }

  /// JSON Schema tells booleans from numbers, as `==` here does, and numbers by value.
  private func same(_ left: JSON, _ right: JSON) -> Bool { left == right }

  private func checkType(_ value: JSON, _ type: JSON, _ result: inout Result) {
    let names = type.arrayValue?.compactMap(\.stringValue) ?? [type.stringValue].compactMap { $0 }
    guard !names.isEmpty, !names.contains(where: { Self.isType($0, value) }) else { return }
    let expected = names.map(\.capitalized).joined(separator: ", ")
    fail("Invalid type. Expected \(expected) but got \(value.kindName).", &result)
  }

  private static func isType(_ name: String, _ value: JSON) -> Bool {
    switch (name.lowercased(), value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
      ("object", .object), ("number", .integer), ("number", .double), ("number", .decimal),
      ("integer", .integer), ("any", _):
      true
    case ("integer", .double), ("integer", .decimal):
      value.doubleValue.map { $0 == $0.rounded() && $0.isFinite } ?? false
    default: false
    }
  }

  // MARK: Numbers

  func checkNumber(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    guard let number = value.doubleValue else { return }
    let kind = value.kindName
    checkMinimum(number, kind, keywords, &result)
    checkMaximum(number, kind, keywords, &result)
    if let divisor = keywords["multipleOf"]?.doubleValue, divisor > 0 {
      let quotient = number / divisor
      if abs(quotient - quotient.rounded()) > 1e-9 * max(1, abs(quotient)) {
        fail("\(kind) is not a multiple of \(Self.text(divisor)).", &result)
      }
    }
  }

  private func checkMinimum(
    _ number: Double,
    _ kind: String,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    // In draft 4 exclusiveMinimum is a flag beside minimum, later a limit of its own.
    let isExclusive = keywords["exclusiveMinimum"]?.boolValue ?? false
    if let minimum = keywords["minimum"]?.doubleValue,
      number < minimum || (isExclusive && number == minimum)
    {
      fail("\(kind) is less than minimum value of \(Self.text(minimum)).", &result)
    }
    if let limit = keywords["exclusiveMinimum"]?.doubleValue, number <= limit {
      fail("\(kind) is not greater than \(Self.text(limit)).", &result)
    }
  }

  private func checkMaximum(
    _ number: Double,
    _ kind: String,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    let isExclusive = keywords["exclusiveMaximum"]?.boolValue ?? false
    if let maximum = keywords["maximum"]?.doubleValue,
      number > maximum || (isExclusive && number == maximum)
    {
      fail("\(kind) exceeds maximum value of \(Self.text(maximum)).", &result)
    }
    if let limit = keywords["exclusiveMaximum"]?.doubleValue, number >= limit {
      fail("\(kind) is not less than \(Self.text(limit)).", &result)
    }
  }

  private static func text(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? String(number)
  }

  // MARK: Texts

  mutating func checkText(_ text: String, _ keywords: JSONObject, _ result: inout Result) {
    let length = Int64(text.unicodeScalars.count)
    if let minimum = keywords["minLength"]?.integerValue, length < minimum {
      fail("String is less than minimum length of \(minimum).", &result)
    }
    if let maximum = keywords["maxLength"]?.integerValue, length > maximum {
      fail("String exceeds maximum length of \(maximum).", &result)
    }
    guard let pattern = keywords["pattern"]?.stringValue else { return }
    switch matches(text, pattern) {
    case true?: break
    case false?: fail("String does not match regex pattern '\(pattern)'.", &result)
    case nil: fail("The regex pattern '\(pattern)' is not valid.", &result)
    }
  }
}
