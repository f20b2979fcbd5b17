/// Texts compared unit by unit, without the rules of any language.
///
/// Source: .NET `StringComparison.Ordinal` and `OrdinalIgnoreCase`.
enum OrdinalText {
  /// UTF-16 units with letters in upper case, for comparison ignoring case.
  static func folded(_ text: String) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        let value = UInt16(scalar.value)
        units.append((0x61...0x7A).contains(value) ? value - 32 : value)
      } else {
        units.append(contentsOf: UTF16.encode(uppercase(scalar)).map { Array($0) } ?? [])
      }
    }
    return units
  }

  static func uppercased(_ text: String) -> String { mapped(text, uppercase) }

  static func lowercased(_ text: String) -> String { mapped(text, lowercase) }

  /// Whether a text occurs in another.
  static func contains(_ text: String, _ search: String) -> Bool {
    PatternSearch(search.utf8).firstIndex(in: Array(text.utf8)) != nil
  }

  /// What stands before and after the first occurrence of a text; `nil` when there is none.
  static func parts(of text: String, around search: String) -> (before: String, after: String)? {
    guard let hit = PatternSearch(search.utf8).firstIndex(in: Array(text.utf8)) else { return nil }
    let start = text.utf8.index(text.startIndex, offsetBy: hit)
    let end = text.utf8.index(start, offsetBy: search.utf8.count)
    return (String(text[..<start]), String(text[end...]))
  }

  /// Where the parts between the occurrences of a separator stand, in UTF-8; `nil` when there are
  /// more than the limit.
  static func parts(
    of bytes: [UInt8],
    between separator: String,
    atMost limit: Int
  ) -> [Range<Int>]? {
    guard !separator.isEmpty else { return [0..<bytes.count] }
    let search = PatternSearch(separator.utf8)
    var parts: [Range<Int>] = []
    var start = 0
    while let hit = search.firstIndex(in: bytes, from: start) {
      guard parts.count < limit else { return nil }
      parts.append(start..<hit)
      start = hit + search.pattern.count
    }
    parts.append(start..<bytes.count)
    return parts
  }

  private static func mapped(
    _ text: String,
    _ map: (Unicode.Scalar) -> Unicode.Scalar
  ) -> String {
    var result = String.UnicodeScalarView()
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { result.append(map(scalar)) }
    return String(result)
  }

  /// The simple mapping; the dotless i stays, as the invariant culture has it.
  private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      return (0x61...0x7A).contains(scalar.value)
        ? Unicode.Scalar(UInt8(scalar.value - 32)) : scalar
    }
    guard scalar.value != 0x131 else { return scalar }
    let properties = scalar.properties
    return single(properties.uppercaseMapping) ?? single(properties.titlecaseMapping) ?? scalar
  }

  /// The simple mapping; the dotted capital I stays.
  private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII {
      return (0x41...0x5A).contains(scalar.value)
        ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
    }
    return single(scalar.properties.lowercaseMapping) ?? scalar
  }

  private static func single(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first
  }
}
