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

  /// Where the units occur, at or after an index.
  static func firstIndex(of needle: [UInt16], in units: [UInt16], from start: Int = 0) -> Int? {
    guard units.count - start >= needle.count else { return nil }
    guard let first = needle.first else { return start }
    for index in start...(units.count - needle.count)
    where units[index] == first && units[index..<index + needle.count].elementsEqual(needle) {
      return index
    }
    return nil
  }

  static func lastIndex(of needle: [UInt16], in units: [UInt16]) -> Int? {
    guard units.count >= needle.count else { return nil }
    return (0...(units.count - needle.count)).last { index in
      units[index..<index + needle.count].elementsEqual(needle)
    }
  }

  /// The parts between the occurrences of a separator.
  static func split(_ text: String, by separator: String) -> [Substring] {
    let needle = Array(separator.utf8)
    guard let first = needle.first else { return [text[...]] }
    let bytes = text.utf8
    var parts: [Substring] = []
    var start = text.startIndex
    var index = start
    while let hit = bytes[index...].firstIndex(of: first) {
      if bytes[hit...].starts(with: needle) {
        parts.append(text[start..<hit])
        start = bytes.index(hit, offsetBy: needle.count)
        index = start
      } else {
        index = bytes.index(after: hit)
      }
    }
    parts.append(text[start...])
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
