package import OrderedJSON

/// Which kinds of value an argument may have.
package struct KindSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let null = KindSet(rawValue: 1)
  package static let boolean = KindSet(rawValue: 2)
  package static let integer = KindSet(rawValue: 4)
  package static let float = KindSet(rawValue: 8)
  package static let decimal = KindSet(rawValue: 16)
  package static let string = KindSet(rawValue: 32)
  package static let array = KindSet(rawValue: 64)
  package static let object = KindSet(rawValue: 128)

  package static let number: KindSet = [.integer, .float, .decimal]
  package static let any: KindSet = [.null, .boolean, .number, .string, .array, .object]

  /// The kind of one value.
  package init(of value: JSON) {
    switch value {
    case .null: self = .null
    case .bool: self = .boolean
    case .integer: self = .integer
    case .double: self = .float
    case .decimal: self = .decimal
    case .string: self = .string
    case .array: self = .array
    case .object: self = .object
    }
  }

  /// The kinds in words: `a text or an array`.
  package var text: String {
    if self == .any { return "any value" }
    let names: [(KindSet, String)] = [
      (.null, "null"), (.boolean, "a boolean"), (.string, "a text"), (.array, "an array"),
      (.object, "an object"),
    ]
    var words = names.filter { contains($0.0) }.map(\.1)
    if isSuperset(of: .number) {
      words.append("a number")
    } else {
      if contains(.integer) { words.append("an integer") }
      if contains(.float) { words.append("a float") }
      if contains(.decimal) { words.append("a decimal") }
    }
    guard let last = words.popLast() else { return "nothing" }
    return words.isEmpty ? last : words.joined(separator: ", ") + " or " + last
  }
}
