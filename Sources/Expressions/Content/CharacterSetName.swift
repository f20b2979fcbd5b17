import Diagnostics
import OrderedJSON

/// The character sets in which content may be written.
///
/// Source: IANA Character Sets registry.
enum CharacterSetName {
  /// Whether content in this character set can be read.
  static func isKnown(_ name: String) -> Bool { decoders[name.lowercased()] != nil }

  /// The text of bytes; `nil` means UTF-8, invalid sequences become U+FFFD.
  ///
  /// Throws E0305 for an unknown name.
  static func decode(_ bytes: [UInt8], name: String?) throws(ExpressionError) -> String {
    guard let decoder = decoders[(name ?? "utf-8").lowercased()] else {
      throw ExpressionError(
        .invalidContent,
        "the character set '\(MediaType.shown(name ?? ""))' is not known",
        hint: "known are utf-8, utf-16, utf-32, us-ascii, iso-8859-1 and windows-1252"
      )
    }
    return decoder(bytes)
  }

  private static let decoders: [String: @Sendable ([UInt8]) -> String] = [
    "utf-8": utf8, "utf8": utf8, "unicode-1-1-utf-8": utf8,
    "ascii": ascii, "us-ascii": ascii,
    "iso-8859-1": latin1, "latin1": latin1, "iso_8859-1": latin1,
    "windows-1252": Windows1252.decode, "cp1252": Windows1252.decode,
    "utf-16": { utf16($0, bigEndian: false) }, "utf-16le": { utf16($0, bigEndian: false) },
    "unicode": { utf16($0, bigEndian: false) }, "utf-16be": { utf16($0, bigEndian: true) },
    "utf-32": { utf32($0, bigEndian: false) }, "utf-32le": { utf32($0, bigEndian: false) },
    "utf-32be": { utf32($0, bigEndian: true) },
  ]

  @Sendable private static func utf8(_ bytes: [UInt8]) -> String {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return String(decoding: hasMark ? bytes[3...] : bytes[...], as: UTF8.self)
  }

  @Sendable private static func ascii(_ bytes: [UInt8]) -> String {
    String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }))
  }

  @Sendable private static func latin1(_ bytes: [UInt8]) -> String {
    String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  private static func utf16(_ bytes: [UInt8], bigEndian: Bool) -> String {
    let units = stride(from: 0, to: bytes.count - bytes.count % 2, by: 2).map { index in
      let low = UInt16(bytes[bigEndian ? index + 1 : index])
      return UInt16(bytes[bigEndian ? index : index + 1]) << 8 | low
    }
    let text = String(decoding: units.first == 0xFEFF ? units[1...] : units[...], as: UTF16.self)
    return bytes.count % 2 == 0 ? text : text + "\u{FFFD}"
  }

  private static func utf32(_ bytes: [UInt8], bigEndian: Bool) -> String {
    let units = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { index in
      (0..<4).reduce(UInt32(0)) { sum, place in
        sum << 8 | UInt32(bytes[bigEndian ? index + place : index + 3 - place])
      }
    }
    let text = units.drop { $0 == 0xFEFF }.map { Unicode.Scalar($0) ?? "\u{FFFD}" }
    let tail: [Unicode.Scalar] = bytes.count % 4 == 0 ? [] : ["\u{FFFD}"]
    return String(String.UnicodeScalarView(text + tail))
  }
}
