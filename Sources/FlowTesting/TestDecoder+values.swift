import Definitions
import Diagnostics
import OrderedJSON
import Timekeeping

extension TestDecoder {
  mutating func report(
    _ code: DiagnosticCode,
    _ message: String,
    _ place: JSONPointer,
    onKey: Bool = false,
    hint: String? = nil
  ) {
    problems.append(
      Diagnostic(
        code,
        message,
        hint: hint,
        location: source.location(of: place, onKey: onKey),
        pointer: place.description
      )
    )
  }

  /// The object at a place, after a look at the names of its members.
  mutating func object(_ value: JSON, _ place: JSONPointer, _ known: [String]) -> JSONObject? {
    guard let object = value.objectValue else {
      report(.unfittingTestValue, "\(article(value)) stands where an object is expected", place)
      return nil
    }
    for key in object.keys where !known.contains(key) {
      let nearest = NearestName.suggestion(for: key, among: known)
      report(
        .unknownTestMember,
        "there is no '\(key)' here",
        place.appending(key),
        onKey: true,
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "known are \(known.joined(separator: ", "))"
      )
    }
    return object
  }

  /// The members of an object whose names are the user's.
  mutating func members(_ value: JSON?, _ place: JSONPointer) -> [JSONObject.Member] {
    guard let value else { return [] }
    guard let object = value.objectValue else {
      report(.unfittingTestValue, "\(article(value)) stands where an object is expected", place)
      return []
    }
    return object.members
  }

  mutating func array(_ value: JSON, _ place: JSONPointer) -> [JSON] {
    guard let array = value.arrayValue else {
      report(.unfittingTestValue, "\(article(value)) stands where a list is expected", place)
      return []
    }
    return array
  }

  /// A duration, or `nil` where there is none.
  mutating func duration(_ value: JSON?, _ place: JSONPointer) -> Duration? {
    guard let value else { return nil }
    guard let duration = TestDuration.read(value) else {
      report(
        .unfittingTestValue,
        "\(value.text) is no duration",
        place,
        hint: "write \"PT5S\", \"PT1H\", or a number of seconds"
      )
      return nil
    }
    return duration
  }

  private func article(_ value: JSON) -> String {
    let kind = value.kindName.lowercased()
    return kind == "null" ? "null" : "aeiou".contains(kind.prefix(1)) ? "an \(kind)" : "a \(kind)"
  }
}

/// Durations in test files: ISO 8601, or a number of seconds.
enum TestDuration {
  static func read(_ value: JSON) -> Duration? {
    if let text = value.stringValue { return ISO8601Duration(text)?.duration }
    guard let seconds = value.doubleValue, seconds >= 0, seconds < 1e10 else { return nil }
    return Duration(ticks: Int64(seconds * Double(Timestamp.ticksPerSecond)))
  }
}
