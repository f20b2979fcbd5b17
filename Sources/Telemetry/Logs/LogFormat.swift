internal import OrderedJSON
package import Seams
package import Timekeeping

/// How log entries are written: one line each.
package enum LogFormat: String, Hashable, Sendable, CaseIterable {
  /// For people: time, level, event, then `name=value` with quotes where needed.
  case text
  /// For programs: one JSON object on each line.
  case json

  /// One line with its end; whatever the fields hold, it stays one line.
  package func line(_ entry: Log.Entry, at time: Timestamp) -> String {
    switch self {
    case .text: Self.text(entry, time)
    case .json: Self.object(entry, time).text + "\n"
    }
  }

  private static func text(_ entry: Log.Entry, _ time: Timestamp) -> String {
    var line = "\(time.milliseconds) \(entry.level.rawValue.uppercased().padded(to: 7)) "
    line += entry.event
    for field in entry.fields { line += " \(field.name)=\(quoted(bounded(field.value)))" }
    return line + "\n"
  }

  /// `{"time", "level", "event"}` and the fields; a field of one of these names gets an underscore.
  private static func object(_ entry: Log.Entry, _ time: Timestamp) -> JSON {
    var object = JSONObject()
    object["time"] = .string(time.milliseconds)
    object["level"] = .string(entry.level.rawValue)
    object["event"] = .string(entry.event)
    for field in entry.fields {
      let isTaken = ["time", "level", "event"].contains(field.name)
      object[isTaken ? field.name + "_" : field.name] = .string(bounded(field.value))
    }
    return .object(object)
  }

  /// Longer values say nothing that a log is for.
  private static func bounded(_ value: String) -> String {
    guard value.utf8.count > 2000 else { return value }
    return String(value.prefix(1500)) + "…"
  }

  private static func quoted(_ value: String) -> String {
    let isPlain =
      !value.isEmpty
      && value.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0 != "\"" && $0 != "=" && $0 != "\\" && !isControl($0)
      }
    return isPlain ? value : JSON.string(value).text.replacingControls()
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar.value == 0x2028
      || scalar.value == 0x2029
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, count - self.count))
  }

  /// Control characters that JSON lets stand as they are, in the notation of JSON.
  fileprivate func replacingControls() -> String {
    var result = ""
    for scalar in unicodeScalars {
      if LogFormat.isControl(scalar) {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: Swift.max(0, 4 - digits.count)) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Timestamp {
  /// ISO 8601 with three fraction digits.
  fileprivate var milliseconds: String { String(description.prefix(23)) + "Z" }
}
