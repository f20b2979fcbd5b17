internal import Diagnostics
internal import OrderedJSON
internal import Timekeeping

extension Fault {
  private static let members = [
    "method", "pathPrefix", "skip", "count", "status", "code", "message", "retryAfterSeconds",
    "delaySeconds", "drop", "clockOffsetSeconds",
  ]
  private static let effects: Set = ["status", "delaySeconds", "drop", "clockOffsetSeconds"]

  /// Reads a fault as it is posted to `/_sandbox/faults`.
  ///
  /// - Throws: 400 that names the member at fault.
  init(_ object: JSONObject) throws(Problem) {
    for key in object.keys where !Self.members.contains(key) { throw Self.unknown(key) }
    guard object.keys.contains(where: Self.effects.contains) else {
      let names = Self.effects.sorted().joined(separator: ", ")
      throw .validation("A fault needs at least one of: \(names).")
    }
    method = try Self.text("method", object)?.uppercased()
    pathPrefix = try Self.text("pathPrefix", object) ?? "/"
    skip = try Self.number("skip", object, in: 0...1_000_000).map { Int($0) } ?? 0
    count = try Self.count(object)
    status = try Self.number("status", object, in: 400...599).map { Int($0) }
    code = try Self.text("code", object)
    message = try Self.text("message", object)
    retryAfter = try Self.duration("retryAfterSeconds", object, in: 0...86_400)
    delay = try Self.duration("delaySeconds", object, in: 0...86_400)
    clockOffset = try Self.duration("clockOffsetSeconds", object, in: -1e9...1e9) ?? .zero
    drop = try Self.drop(object)
  }

  var json: JSON {
    var object: JSONObject = ["id": .string(id)]
    object["method"] = method.map(JSON.string)
    object["pathPrefix"] = .string(pathPrefix)
    object["skip"] = .integer(Int64(skip))
    object["count"] = count.map { .integer(Int64($0)) } ?? .null
    object["status"] = status.map { .integer(Int64($0)) }
    object["code"] = code.map(JSON.string)
    object["message"] = message.map(JSON.string)
    object["retryAfterSeconds"] = (retryAfter?.seconds).map(JSON.double)
    object["delaySeconds"] = (delay?.seconds).map(JSON.double)
    object["drop"] = (drop?.rawValue).map(JSON.string)
    if clockOffset != .zero { object["clockOffsetSeconds"] = .double(clockOffset.seconds) }
    return .object(object)
  }

  // MARK: Members

  private static func unknown(_ key: String) -> Problem {
    let near = NearestName.suggestion(for: key, among: members).map { " Did you mean '\($0)'?" }
    let known = members.joined(separator: ", ")
    return .validation("A fault has no member '\(key)'.\(near ?? "") Its members are: \(known).")
  }

  private static func text(_ key: String, _ object: JSONObject) throws(Problem) -> String? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let text = value.stringValue else { throw .validation("'\(key)' must be a string.") }
    return text
  }

  private static func number(
    _ key: String,
    _ object: JSONObject,
    in range: ClosedRange<Double>,
    isWhole: Bool = true
  ) throws(Problem) -> Double? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let number = value.doubleValue, range.contains(number),
      !isWhole || number == number.rounded()
    else {
      let kind = isWhole ? "a whole number" : "a number"
      let (low, high) = (Int64(range.lowerBound), Int64(range.upperBound))
      throw .validation("'\(key)' must be \(kind) from \(low) to \(high).")
    }
    return number
  }

  private static func duration(
    _ key: String,
    _ object: JSONObject,
    in range: ClosedRange<Double>
  ) throws(Problem) -> Duration? {
    try number(key, object, in: range, isWhole: false).map { .seconds($0) }
  }

  /// Absent means once, `null` means always.
  private static func count(_ object: JSONObject) throws(Problem) -> Int? {
    guard let value = object["count"] else { return 1 }
    guard !value.isNull else { return nil }
    return try number("count", object, in: 1...1_000_000).map { Int($0) }
  }

  private static func drop(_ object: JSONObject) throws(Problem) -> Drop? {
    guard let text = try text("drop", object) else { return nil }
    guard let drop = Drop(rawValue: text) else {
      let names = Drop.allCases.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      throw .validation("'drop' must be \(names).")
    }
    return drop
  }
}
