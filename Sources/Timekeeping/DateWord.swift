/// One piece of a text that may be a time.
enum DateWord {
  case number(Number)
  case letters(String)
  case symbol(Unicode.Scalar)

  struct Number {
    let digits: String
    var value: Int { Int(digits) ?? 0 }
    /// Whether there are too many digits for a day or month.
    var isYear: Bool { digits.utf8.count >= 3 }
    /// Two digits lie between 1950 and 2049.
    var year: Int { isYear ? value : value < 50 ? 2000 + value : 1900 + value }
  }

  /// The pieces without white space; `nil` when a number is absurdly long.
  static func words(of text: String) -> [DateWord]? {
    var words: [DateWord] = []
    var rest = text.unicodeScalars[...]
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest.removeFirst()
      } else if isDigit(first) {
        let digits = rest.prefix(while: isDigit)
        guard digits.count <= 16 else { return nil }
        words.append(.number(Number(digits: String(digits))))
        rest = rest.dropFirst(digits.count)
      } else if first.properties.isAlphabetic {
        let letters = rest.prefix { $0.properties.isAlphabetic || $0.properties.isDiacritic }
        words.append(.letters(String(letters)))
        rest = rest.dropFirst(letters.count)
      } else {
        words.append(.symbol(first))
        rest.removeFirst()
      }
    }
    return words
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }
}
