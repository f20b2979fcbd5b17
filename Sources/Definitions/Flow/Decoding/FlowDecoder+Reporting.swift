import Diagnostics
import OrderedJSON
import Timekeeping

extension FlowDecoder {
  mutating func report(
    _ code: DiagnosticCode,
    _ message: String,
    _ pointer: JSONPointer,
    hint: String? = nil,
    severity: Diagnostic.Severity = .error,
    onKey: Bool = false,
    member: String? = nil
  ) {
    if source.damage.explains(code, at: pointer) { return }
    diagnostics.append(
      Diagnostic(
        code,
        message,
        hint: hint,
        severity: severity,
        location: source.location(of: pointer, onKey: onKey),
        pointer: pointer.description,
        member: member
      )
    )
  }

  mutating func reportUnknownType(
    _ written: String,
    among known: [String],
    what: String,
    _ pointer: JSONPointer
  ) {
    let nearest = NearestName.suggestion(for: written, among: known)
    report(
      .unknownActionType,
      "'\(written)' is no \(what) type",
      pointer.appending("type"),
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "see the list of \(what) types in flows/language.md"
    )
  }

  /// The members of an object; an absent one is empty, another type is a problem.
  mutating func object(_ value: JSON?, _ pointer: JSONPointer) -> JSONObject {
    switch value {
    case nil, .null?: return JSONObject()
    case .object(let object)?: return object
    case let other?:
      report(
        .wrongJSONType,
        "this must be an object, not \(other.kindName.lowercased())",
        pointer,
        hint: "write {…} with a name before each part"
      )
      return JSONObject()
    }
  }

  mutating func requiredString(
    _ member: String,
    of object: JSONObject,
    _ pointer: JSONPointer,
    what: String
  ) -> String? {
    guard let value = object[member] else {
      report(
        .missingMember,
        "\(what) has no '\(member)'",
        pointer,
        hint: "add \"\(member)\"",
        member: member
      )
      return nil
    }
    guard let text = value.stringValue else {
      report(
        .wrongJSONType,
        "'\(member)' must be a string",
        pointer.appending(member),
        hint: "put it between double quotes"
      )
      return nil
    }
    return text
  }

  /// The type that an action or trigger states, or an empty text.
  mutating func type(of value: JSON, _ pointer: JSONPointer, what: String) -> String {
    switch value {
    case .object(let object): requiredString("type", of: object, pointer, what: what) ?? ""
    case .null: requiredString("type", of: JSONObject(), pointer, what: what) ?? ""
    // That it is no object was said already.
    default: ""
    }
  }

  mutating func duration(_ value: JSON?, _ pointer: JSONPointer) -> Duration? {
    guard let value else { return nil }
    guard let text = value.stringValue, let duration = ISO8601Duration(text) else {
      report(
        .invalidDuration,
        "\(value.text) is not an ISO 8601 duration",
        pointer,
        hint: "write PT30S for thirty seconds, PT5M for five minutes, P1D for a day"
      )
      return nil
    }
    guard duration.duration <= Self.longestDuration else {
      report(
        .valueOutOfRange,
        "'\(text)' is longer than ten years",
        pointer,
        hint: "write a shorter one, such as P90D for ninety days"
      )
      return nil
    }
    return duration.duration
  }

  private static let longestDuration = Duration.seconds(10 * 366 * 86_400)

  /// What `runtimeConfiguration.secureData.properties` lists, in lower case.
  func secureProperties(_ definition: JSONObject) -> Set<String> {
    let listed = definition["runtimeConfiguration"]?["secureData"]?["properties"]?.arrayValue
    return Set((listed ?? []).compactMap { $0.stringValue?.lowercased() })
  }
}
