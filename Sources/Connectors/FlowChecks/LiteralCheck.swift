internal import Definitions
internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Compares literals with what the definition says about their parameter.
///
/// A service may know better than its definition, so that whatever is found is only a warning.
///
/// Source: connector format reference, section (b), body.
struct LiteralCheck {
  let builder: RequestBuilder
  /// Knows what expressions give.
  let kinds: KindInference

  func check(_ value: JSON, of key: String, at place: JSONPointer, _ report: inout FlowReport) {
    guard let definition = ParameterChoices.definition(key, builder) else { return }
    check(value, definition, key, place, 0, &report)
  }

  private func check(
    _ value: JSON,
    _ definition: JSONObject,
    _ name: String,
    _ place: JSONPointer,
    _ depth: Int,
    _ report: inout FlowReport
  ) {
    guard depth < 16, !value.isNull else { return }
    let schema = resolved(definition)
    guard isLiteral(value) else {
      if let complaint = mismatch(ofExpression: value, schema) {
        add("'\(name)' of '\(builder.operation.id)' \(complaint)", nil, place, &report)
      }
      return
    }
    if let complaint = mismatch(value, schema) {
      add("'\(name)' of '\(builder.operation.id)' \(complaint)", nil, place, &report)
    } else if let (message, hint) = unlisted(value, schema, name) {
      add(message, hint, place, &report)
    } else {
      checkInside(value, schema, name, place, depth, &report)
    }
  }

  private func checkInside(
    _ value: JSON,
    _ schema: JSONObject,
    _ name: String,
    _ place: JSONPointer,
    _ depth: Int,
    _ report: inout FlowReport
  ) {
    switch value {
    case .array(let items):
      guard let definition = schema["items"]?.objectValue else { return }
      for (index, item) in items.enumerated() {
        check(item, definition, name, place.appending(index), depth + 1, &report)
      }
    case .object(let object):
      let properties = schema["properties"]
      for member in object.members {
        guard let definition = properties?[member.key]?.objectValue else { continue }
        let place = place.appending(member.key)
        check(member.value, definition, "\(name)/\(member.key)", place, depth + 1, &report)
      }
    default: return
    }
  }

  private func resolved(_ definition: JSONObject) -> JSONObject {
    let target = builder.connector.schemas.resolve(.object(definition))
    // Several schemas together are left to the service.
    return target["allOf"] == nil ? target : JSONObject()
  }

  /// Whether nothing in it is an expression; parts of it are looked at one by one.
  private func isLiteral(_ value: JSON) -> Bool {
    switch value {
    case .string: (try? Template(compiling: value))?.isConstant ?? false
    case .object(let object): !ContentKind.isEnvelope(object)
    default: true
    }
  }

  /// Why the value does not fit the type; `nil` when it may.
  private func mismatch(_ value: JSON, _ schema: JSONObject) -> String? {
    let fits: Bool
    switch schema["type"]?.stringValue {
    case "integer": fits = value.integerValue != nil || value.stringValue.flatMap(Int64.init) != nil
    case "number": fits = value.doubleValue != nil || value.stringValue.flatMap(Double.init) != nil
    case "boolean":
      let text = value.stringValue?.lowercased()
      fits = value.boolValue != nil || text == "true" || text == "false"
    case "object": fits = value.objectValue != nil || value.stringValue != nil
    case "array": fits = value.arrayValue != nil || value.stringValue != nil
    default: return nil
    }
    let type = schema["type"]?.stringValue ?? ""
    return fits ? nil : "is \(value.kindName.lowercased()), but should be \(type)"
  }

  /// Why what an expression gives does not fit; `nil` when it may.
  private func mismatch(ofExpression value: JSON, _ schema: JSONObject) -> String? {
    guard value.stringValue != nil, let template = try? Template(compiling: value),
      let type = schema["type"]?.stringValue, let wanted = Self.kinds[type]
    else { return nil }
    let given = kinds.kinds(of: template)
    guard given.isDisjoint(with: wanted) else { return nil }
    return "is \(given.text), but should be \(type)"
  }

  /// Texts are converted by services and by the runtime.
  private static let kinds: [String: KindSet] = [
    "integer": [.number, .string], "number": [.number, .string], "boolean": [.boolean, .string],
    "object": [.object, .string], "array": [.array, .string],
  ]

  private func unlisted(_ value: JSON, _ schema: JSONObject, _ name: String)
    -> (message: String, hint: String?)?
  {
    guard let listed = schema["enum"]?.arrayValue, !listed.isEmpty, value.objectValue == nil,
      value.arrayValue == nil
    else { return nil }
    let words = listed.map(ParameterText.text)
    let given = ParameterText.text(value)
    guard !words.contains(given) else { return nil }
    let shown = given.count > 60 ? given.prefix(60) + "…" : given[...]
    return (
      "'\(shown)' is none of the values of '\(name)' of '\(builder.operation.id)'",
      NearestName.suggestion(for: given, among: words).map { "did you mean '\($0)'?" }
        ?? "known: \(words.prefix(12).joined(separator: ", "))"
    )
  }

  private func add(
    _ message: String,
    _ hint: String?,
    _ place: JSONPointer,
    _ report: inout FlowReport
  ) {
    report.add(
      .unfittingValue,
      message,
      place,
      hint: hint ?? "'weir connector show' prints the parameters and their types",
      severity: .warning
    )
  }
}
