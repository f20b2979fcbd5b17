import Diagnostics
import OrderedJSON

extension Evaluation {
  /// Follows the steps of a selection.
  ///
  /// Throws E0203 to E0205, at the step that fails.
  mutating func value(of selection: Node.Selection) throws(ExpressionError) -> JSON {
    var current = try value(of: selection.base)
    var mayBePath = Self.isRecord(selection.base)
    for step in selection.steps {
      let key = try value(of: step.key)
      if mayBePath, let found = Self.member(atPath: key, of: current) {
        current = found
        mayBePath = false
        continue
      }
      mayBePath = false
      do throws(ExpressionError) {
        current = try Self.select(key, from: current, isOptional: step.isOptional)
      } catch {
        throw error.located(at: step.range)
      }
    }
    return current
  }

  /// Whether a joined path such as `body/value` may select from the node.
  private static func isRecord(_ node: Node) -> Bool {
    guard case .call(let call) = node else { return false }
    return call.function.map { recordFunctions.contains($0.name) } ?? false
  }

  private static let recordFunctions: Set<String> = [
    "outputs", "body", "actionOutputs", "actionBody", "triggerOutputs", "triggerBody", "item",
    "items",
  ]

  /// What a path of names joined by slashes leads to, as connectors name parts of their outputs.
  ///
  /// A member that has the whole path as its name comes first; `nil` when there is nothing.
  ///
  /// Source: connector format reference, section (b).
  private static func member(atPath key: JSON, of base: JSON) -> JSON? {
    guard case .string(let path) = key, path.utf8.contains(UInt8(ascii: "/")),
      let object = base.objectValue, object.value(ignoringCaseOf: path) == nil
    else { return nil }
    var current = base
    for name in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard let next = current.objectValue?.value(ignoringCaseOf: String(name)) else { return nil }
      current = next
    }
    return current
  }

  /// One step; the table of section b.4.
  private static func select(
    _ key: JSON,
    from base: JSON,
    isOptional: Bool
  ) throws(ExpressionError) -> JSON {
    switch (base, key) {
    case (.object(let object), .string(let name)):
      if let value = object.value(ignoringCaseOf: name) { return value }
      guard !isOptional else { return .null }
      throw missing(name, in: object)
    case (.array(let array), .integer(let index)):
      if let index = Int(exactly: index), array.indices.contains(index) { return array[index] }
      guard !isOptional else { return .null }
      throw outOfRange(index, array.count)
    case (.null, _):
      guard !isOptional else { return .null }
      throw ExpressionError(
        .missingProperty,
        "cannot select \(spelling(of: key)) from null",
        hint: "write '?' before it to get null instead"
      )
    default: throw unsupported(key, base)
    }
  }

  private static func missing(_ name: String, in object: JSONObject) -> ExpressionError {
    let nearest = NearestName.suggestion(for: name, among: object.keys)
    let advice = "write '?' before it to get null instead"
    return ExpressionError(
      .missingProperty,
      "the object has no property '\(name)'",
      hint: nearest.map { "did you mean '\($0)'? Otherwise \(advice)" } ?? advice
    )
  }

  private static func outOfRange(_ index: Int64, _ count: Int) -> ExpressionError {
    let content =
      count == 0 ? "is empty" : count == 1 ? "has 1 element" : "has \(count) elements"
    return ExpressionError(
      .indexOutOfRange,
      "there is no element at index '\(index)': the array \(content)",
      hint: "write '?' before the bracket to get null instead"
    )
  }

  private static func unsupported(_ key: JSON, _ base: JSON) -> ExpressionError {
    let (message, hint) =
      switch base {
      case .object:
        (
          "a property is selected with a text, not with \(KindSet(of: key).text)",
          "write the name of the property in quotes"
        )
      case .array:
        (
          "an element is selected with a whole number, not with \(spelling(of: key))",
          "take one with first(), or loop over all with a Foreach"
        )
      default:
        (
          "cannot select \(spelling(of: key)) from \(KindSet(of: base).text)",
          base.stringValue == nil
            ? "only objects and arrays hold values"
            : "convert with json() first when the text holds JSON"
        )
      }
    return ExpressionError(.unsupportedSelection, message, hint: hint)
  }

  /// A key as it may stand in a message; long keys may hold data and are not shown.
  private static func spelling(of key: JSON) -> String {
    switch key {
    case .string(let name) where name.utf8.count <= 80: "'\(name)'"
    case .integer(let index): "'\(index)'"
    default: KindSet(of: key).text
    }
  }
}
