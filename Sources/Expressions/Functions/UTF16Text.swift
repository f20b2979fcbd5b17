/// Texts measured and cut in UTF-16 units, as the language does.
///
/// Source: workflow language reference, section (h) 15.
enum UTF16Text {
  static func length(_ text: String) -> Int { text.utf16.count }

  /// The units of a range that lies within the text; half a surrogate pair becomes U+FFFD.
  static func slice(_ text: String, _ range: Range<Int>) -> String {
    let units = text.utf16
    let start = units.index(units.startIndex, offsetBy: range.lowerBound)
    let end = units.index(start, offsetBy: range.count)
    return String(units[start..<end]) ?? String(decoding: units[start..<end], as: UTF16.self)
  }
}
