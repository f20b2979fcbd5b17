/// Translates date patterns of Unicode into those of .NET.
///
/// Source: Unicode Technical Standard 35, Date Field Symbol Table; .NET custom date formats.
enum CulturePattern {
  static func pattern(unicode: String) -> String {
    var result = ""
    var characters = Array(unicode)[...]
    var isQuoted = false
    while let character = characters.first {
      if character == "'" {
        isQuoted.toggle()
        result.append(character)
        characters.removeFirst()
        continue
      }
      let count = isQuoted ? 1 : characters.prefix { $0 == character }.count
      characters.removeFirst(count)
      result += isQuoted ? String(character) : specifier(character, count)
    }
    return result.split(separator: " ").joined(separator: " ")
  }

  private static func specifier(_ letter: Character, _ count: Int) -> String {
    switch letter {
    case "E", "c", "e": String(repeating: "d", count: count >= 4 ? 4 : 3)
    case "L": String(repeating: "M", count: count)
    case "y", "u", "r": String(repeating: "y", count: count == 1 ? 4 : count)
    case "a", "b", "B": "tt"
    case "k": String(repeating: "H", count: count)
    case "K": String(repeating: "h", count: count)
    case "G", "z", "v": ""
    case "\u{202F}", "\u{A0}": String(repeating: " ", count: count)
    default: String(repeating: letter, count: count)
    }
  }

  /// Years in short dates always have four digits.
  static func withLongYear(_ pattern: String) -> String {
    guard pattern.contains("yy"), !pattern.contains("yyyy") else { return pattern }
    return pattern.split(separator: "yy", maxSplits: 1, omittingEmptySubsequences: false)
      .joined(separator: "yyyy")
  }

  /// The first character between two fields.
  static func separator(in pattern: String) -> String? {
    pattern.first { !$0.isLetter && $0 != "'" && $0 != " " }.map(String.init)
  }
}
