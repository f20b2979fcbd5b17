internal import OrderedJSON

/// The text of bytes in the encodings that services still use.
///
/// Source: WHATWG Encoding Standard.
enum CharacterEncoding {
  /// A byte order mark decides before the label; an unknown label counts as UTF-8.
  static func decode(_ bytes: [UInt8], label: String?) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return String(decoding: bytes.dropFirst(3), as: UTF8.self)
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return utf16(bytes.dropFirst(2), bigEndian: false) }
    if bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes.dropFirst(2), bigEndian: true) }
    switch label?.lowercased() {
    case "utf-16", "utf-16le": return utf16(bytes[...], bigEndian: false)
    case "utf-16be": return utf16(bytes[...], bigEndian: true)
    case "iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252":
      // Browsers read the other single-byte labels as this one, too.
      return Windows1252.decode(bytes)
    default: return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return String(decoding: units, as: UTF16.self)
  }
}
