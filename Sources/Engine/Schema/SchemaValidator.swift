import Foundation
import OrderedJSON

/// One validation: walks value and schema together.
struct SchemaValidator {
  let schema: JSONSchema
  var pointer = JSONPointer()
  private var depth = 0
  private var patterns: [String: NSRegularExpression] = [:]

  init(schema: JSONSchema) { self.schema = schema }

  /// What one schema says about one value.
  struct Result {
    var violations: [SchemaViolation] = []
    /// Members and elements that some keyword looked at, for `unevaluated…`.
    var members: Set<String> = []
    var elements: Set<Int> = []

    var isValid: Bool { violations.isEmpty }

    mutating func merge(_ other: Result) {
      violations += other.violations
      mergeEvaluated(other)
    }

    mutating func mergeEvaluated(_ other: Result) {
      members.formUnion(other.members)
      elements.formUnion(other.elements)
    }
  }

  /// Deeper nesting is a schema that refers to itself without end.
  private static let depthLimit = 256

  mutating func check(_ value: JSON, against schema: JSON) -> Result {
    var result = Result()
    guard let keywords = schema.objectValue else {
      if schema.boolValue == false { fail("Schema always fails validation.", &result) }
      return result
    }
    guard depth < Self.depthLimit else {
      fail("The schema refers to itself without end.", &result)
      return result
    }
    depth += 1
    defer { depth -= 1 }
    if let reference = keywords["$ref"] {
      follow(reference, value, &result)
      // Up to draft 7 a reference stands alone; later keywords beside it are rare but count.
      if keywords.count == 1 { return result }
    }
    checkAnyKind(value, keywords, &result)
    checkKind(value, keywords, &result)
    combine(value, keywords, &result)
    checkUnevaluated(value, keywords, &result)
    return result
  }

  private mutating func follow(_ reference: JSON, _ value: JSON, _ result: inout Result) {
    guard let name = reference.stringValue else { return }
    guard let target = schema.target(of: name) else {
      fail("Could not resolve schema reference '\(name)'.", &result)
      return
    }
    result.merge(check(value, against: target))
  }

  func fail(_ message: String, _ result: inout Result) {
    result.violations.append(SchemaViolation(pointer: pointer, message: message))
  }

  /// Checks a part of the value with the place moved to it.
  mutating func check(_ value: JSON, at token: String, against schema: JSON) -> Result {
    pointer.tokens.append(token)
    defer { pointer.tokens.removeLast() }
    return check(value, against: schema)
  }

  /// Whether a text matches a pattern somewhere; `nil` when the pattern cannot be read.
  mutating func matches(_ text: String, _ pattern: String) -> Bool? {
    if patterns[pattern] == nil {
      patterns[pattern] = try? NSRegularExpression(pattern: pattern)
    }
    guard let expression = patterns[pattern] else { return nil }
    let range = NSRange(location: 0, length: text.utf16.count)
    return expression.firstMatch(in: text, range: range) != nil
  }

  private mutating func checkKind(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    switch value {
    case .integer, .double, .decimal: checkNumber(value, keywords, &result)
    case .string(let text): checkText(text, keywords, &result)
    case .array(let elements): checkArray(elements, keywords, &result)
    case .object(let object): checkObject(object, keywords, &result)
    case .null, .bool: break
    }
  }
}
