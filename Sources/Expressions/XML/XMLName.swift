/// Names and escapes of XML.
///
/// Source: W3C XML 1.0 (Fifth Edition), sections 2.2 and 2.3; .NET `XmlConvert`.
enum XMLName {
  static func isStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isStart(scalar)
    }
  }

  /// Whether a character may stand in a document at all.
  static func isCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  /// Writes what a name cannot hold as `_xHHHH_`.
  static func encoded(_ name: String) -> String {
    var result = ""
    let scalars = Array(name.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isAllowed = index == 0 ? isStart(scalar) : isPart(scalar)
      let looksEncoded = scalar == "_" && escape(in: scalars[index...]) != nil
      if isAllowed, !looksEncoded {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        result += "_x" + String(repeating: "0", count: max(0, width - digits.count)) + digits + "_"
      }
    }
    return result
  }

  /// Resolves `_xHHHH_` and `_xHHHHHHHH_`.
  static func decoded(_ name: String) -> String {
    guard name.contains("_x") else { return name }
    var result = String.UnicodeScalarView()
    var rest = Array(name.unicodeScalars)[...]
    while let first = rest.first {
      if let (scalar, length) = escape(in: rest) {
        result.append(scalar)
        rest = rest.dropFirst(length)
      } else {
        result.append(first)
        rest.removeFirst()
      }
    }
    return String(result)
  }

  /// The escape that stands at the start, with its length.
  private static func escape(in rest: ArraySlice<Unicode.Scalar>) -> (Unicode.Scalar, Int)? {
    guard rest.first == "_", rest.dropFirst().first == "x" else { return nil }
    for width in [4, 8] {
      let digits = rest.dropFirst(2).prefix(width)
      guard digits.count == width, rest.dropFirst(2 + width).first == "_",
        digits.allSatisfy({ $0.properties.isASCIIHexDigit }),
        let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16),
        let scalar = Unicode.Scalar(value)
      else { continue }
      return (scalar, width + 3)
    }
    return nil
  }

  /// The text with `& < > " '` escaped.
  static func escapedValue(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text with entities and character references resolved; unknown ones stay.
  static func unescapedValue(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      if first == "&", let end = rest.prefix(12).firstIndex(of: ";"),
        let scalar = entity(String(rest[rest.index(after: rest.startIndex)..<end]))
      {
        result.append(scalar)
        rest = rest[rest.index(after: end)...]
      } else {
        result.append(first)
        rest.removeFirst()
      }
    }
    return String(result)
  }

  /// The character that a predefined entity or a character reference means.
  static func entity(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let isHexadecimal = name.hasPrefix("#x")
    let digits = name.dropFirst(isHexadecimal ? 2 : 1)
    guard digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init)
  }
}
