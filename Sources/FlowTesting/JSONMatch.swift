package import OrderedJSON
import Timekeeping

/// Compares a value with what a test expects of it, member by member.
///
/// Objects need only have the expected members; lists match element by element; numbers compare by
/// value. An object whose members begin with `$` is a comparison.
package enum JSONMatch {
  /// One place where a value is not as expected.
  package struct Mismatch: Hashable, Sendable {
    /// Below the value that was compared.
    package var path: JSONPointer
    /// Below the pattern, where that has another shape.
    package var patternPath: JSONPointer
    /// `nil` when nothing is expected there.
    package var expected: JSON?
    /// `nil` when there is nothing.
    package var actual: JSON?
  }

  enum Operator: String, CaseIterable {
    case any = "$any"
    case absent = "$absent"
    case type = "$type"
    case match = "$match"
    case contains = "$contains"
    case exactly = "$exactly"
    case not = "$not"
    case atLeast = "$atLeast"
    case atMost = "$atMost"

    /// What is wrong with the operand, to be read after the operator's name.
    func defect(of value: JSON) -> String? {
      switch self {
      case .any, .absent: value == true ? nil : "takes true"
      case .type:
        Self.types.contains(value.stringValue ?? "")
          ? nil : "takes one of \(Self.types.joined(separator: ", "))"
      case .match:
        (value.stringValue.map { (try? Regex($0)) != nil } ?? false)
          ? nil : "takes a regular expression"
      case .atLeast, .atMost:
        TestDuration.read(value) == nil && value.doubleValue == nil
          ? "takes a number or a duration" : nil
      case .contains, .exactly, .not: nil
      }
    }

    static let types = ["string", "number", "boolean", "object", "array", "null"]
  }

  static func isOperator(_ object: JSONObject) -> Bool {
    !object.isEmpty && object.keys.allSatisfy { $0.hasPrefix("$") && !envelope.contains($0) }
  }

  /// Members that binary content has by itself.
  private static let envelope: Set<String> = [
    "$content", "$content-type", "$multipart", "$formdata",
  ]

  /// Every place where the value is not as expected.
  package static func mismatches(_ actual: JSON?, _ pattern: JSON) -> [Mismatch] {
    mismatches(actual, pattern, JSONPointer(), JSONPointer())
  }

  private static func mismatches(
    _ actual: JSON?,
    _ pattern: JSON,
    _ path: JSONPointer,
    _ place: JSONPointer
  ) -> [Mismatch] {
    let whole = Mismatch(path: path, patternPath: place, expected: pattern, actual: actual)
    switch pattern {
    case .object(let object) where isOperator(object):
      return object.members.flatMap { member -> [Mismatch] in
        guard let comparison = Operator(rawValue: member.key) else { return [whole] }
        let place = place.appending(member.key)
        if comparison == .exactly { return differences(actual, member.value, path, place) }
        return holds(comparison, member.value, actual) ? [] : [whole]
      }
    case .object(let object):
      guard let actual, let members = actual.objectValue else { return [whole] }
      return object.members.flatMap { member in
        mismatches(
          members[member.key],
          member.value,
          path.appending(member.key),
          place.appending(member.key)
        )
      }
    case .array(let elements):
      guard let actual, let values = actual.arrayValue, values.count == elements.count else {
        return [whole]
      }
      return elements.indices.flatMap {
        mismatches(values[$0], elements[$0], path.appending($0), place.appending($0))
      }
    default: return actual == pattern ? [] : [whole]
    }
  }

  private static func holds(_ comparison: Operator, _ operand: JSON, _ actual: JSON?) -> Bool {
    switch comparison {
    case .any: actual != nil
    case .absent: actual == nil
    case .type: actual.map { kind($0) == operand.stringValue } ?? false
    case .match: actual?.stringValue.map { matches($0, operand.stringValue ?? "") } ?? false
    case .contains: contains(actual, operand)
    case .exactly: true
    case .not: !mismatches(actual, operand).isEmpty
    case .atLeast: compare(actual, operand) { $0 >= $1 }
    case .atMost: compare(actual, operand) { $0 <= $1 }
    }
  }

  private static func kind(_ value: JSON) -> String {
    switch value {
    case .string: "string"
    case .object: "object"
    case .array: "array"
    case .bool: "boolean"
    case .null: "null"
    default: "number"
    }
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    guard let regex = try? Regex(pattern) else { return false }
    return text.firstMatch(of: regex) != nil
  }

  /// A text its part, a list an element that matches.
  private static func contains(_ actual: JSON?, _ operand: JSON) -> Bool {
    if let text = actual?.stringValue, let part = operand.stringValue { return text.contains(part) }
    return (actual?.arrayValue ?? []).contains { mismatches($0, operand).isEmpty }
  }

  private static func compare(_ actual: JSON?, _ operand: JSON, _ order: (Double, Double) -> Bool)
    -> Bool
  {
    let limit = operand.doubleValue ?? TestDuration.read(operand)?.seconds
    guard let value = actual?.doubleValue, let limit else { return false }
    return order(value, limit)
  }

  // MARK: Exactly

  private static func differences(
    _ actual: JSON?,
    _ expected: JSON,
    _ path: JSONPointer,
    _ place: JSONPointer
  ) -> [Mismatch] {
    let whole = Mismatch(path: path, patternPath: place, expected: expected, actual: actual)
    guard let actual else { return [whole] }
    switch (actual, expected) {
    case (.object(let found), .object(let wanted)):
      let missing = wanted.members.flatMap { member in
        differences(
          found[member.key],
          member.value,
          path.appending(member.key),
          place.appending(member.key)
        )
      }
      let extra = found.members.filter { wanted[$0.key] == nil }.map { member in
        Mismatch(
          path: path.appending(member.key),
          patternPath: place,
          expected: nil,
          actual: member.value
        )
      }
      return missing + extra
    case (.array(let found), .array(let wanted)) where found.count == wanted.count:
      return wanted.indices.flatMap {
        differences(found[$0], wanted[$0], path.appending($0), place.appending($0))
      }
    default: return actual == expected ? [] : [whole]
    }
  }
}
