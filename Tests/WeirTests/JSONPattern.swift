import OrderedJSON
import Timekeeping

/// What a JSON value must look like, written as JSON.
///
/// Objects name the members that must be there, or all of them in this order with `"$exactly": true`.
/// Arrays match element by element. The strings `$string`, `$number`, `$boolean`, `$time`, `$object`,
/// `$array` and `$any` stand for values of that kind; everything else stands for itself.
enum JSONPattern {
  /// Where and why a value differs; empty when it fits.
  static func differences(_ value: JSON?, _ pattern: JSON, at path: String = "$") -> [String] {
    guard let value else { return ["\(path) is missing"] }
    switch pattern {
    case .object(let pattern): return differences(value, pattern, at: path)
    case .array(let patterns):
      guard let elements = value.arrayValue, elements.count == patterns.count else {
        return ["\(path) is not an array of \(patterns.count): \(value.text)"]
      }
      return patterns.indices.flatMap {
        differences(elements[$0], patterns[$0], at: "\(path)[\($0)]")
      }
    case .string(let word) where word.hasPrefix("$"):
      return isKind(value, word) ? [] : ["\(path) is no \(word): \(value.text)"]
    default:
      return value == pattern ? [] : ["\(path) is not \(pattern.text): \(value.text)"]
    }
  }

  private static func differences(_ value: JSON, _ pattern: JSONObject, at path: String)
    -> [String]
  {
    guard let object = value.objectValue else { return ["\(path) is no object: \(value.text)"] }
    let wanted = pattern.members.filter { $0.key != "$exactly" }
    var found: [String] = []
    if pattern["$exactly"] == true, Array(object.keys) != wanted.map(\.key) {
      found.append("\(path) has the members \(Array(object.keys))")
    }
    return found + wanted.flatMap { differences(object[$0.key], $0.value, at: "\(path).\($0.key)") }
  }

  private static func isKind(_ value: JSON, _ word: String) -> Bool {
    switch word {
    case "$any": true
    case "$string": value.stringValue != nil
    case "$number": value.doubleValue != nil
    case "$boolean": value.boolValue != nil
    case "$object": value.objectValue != nil
    case "$array": value.arrayValue != nil
    case "$time": value.stringValue.flatMap(Timestamp.init(iso8601:)) != nil
    default: false
    }
  }
}
