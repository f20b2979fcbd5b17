/// Words: numbers, `true`, `false`, `null`, and texts that lack their quotes.
extension LooseLexer {
  mutating func word() -> LooseToken {
    let start = position
    let end = bytes[start] == UInt8(ascii: "@") ? endOfExpression(start) : endOfWord(start)
    position = max(end, start + 1)
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    // The opening quote is missing: the closing one is part of the word.
    if byte(position) == UInt8(ascii: "\""), mayFollowString(position + 1) {
      position += 1
      report(.unquoted, at: start)
      return token(.string(word), from: start)
    }
    return value(word, from: start)
  }

  private func token(_ kind: LooseToken.Kind, from start: Int, isSure: Bool = true) -> LooseToken {
    LooseToken(kind: kind, range: start..<position, isSure: isSure, isKnownBad: true)
  }

  /// Up to a mark, a quote, a comment or the end of the line; blanks at its end left out.
  private func endOfWord(_ start: Int) -> Int {
    var end = start
    let marks = Set("{}[]:,;\"#\n\r".utf8)
    let isNumber = byte(start).map { (0x30...0x39).contains($0) } ?? false
    while let byte = byte(end), !marks.contains(byte) {
      if isNumber, byte == 0x20 || byte == 0x09 { break }
      if byte == 0xC2, self.byte(end + 1) == 0xA0 { break }
      if byte == UInt8(ascii: "/"), self.byte(end + 1) == UInt8(ascii: "/") { break }
      end += 1
    }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return end
  }

  /// An expression without quotes holds marks of its own.
  private func endOfExpression(_ start: Int) -> Int {
    let line = endOfHandwriting(start)
    let quote = bytes[start..<line].firstIndex(of: UInt8(ascii: "\"")) ?? line
    return quote < line && mayFollowString(quote + 1) ? quote : endOfRunaway(start, upTo: line)
  }

  private mutating func value(_ word: String, from start: Int) -> LooseToken {
    do throws(JSONParseError) {
      let value = try JSON(parsing: word)
      return LooseToken(kind: .scalar(value), range: start..<position)
    } catch {
      if case .invalidNumber = error.reason {
        report(error.reason, at: start)
        return number(word, from: start)
      }
      if let known = Self.otherWords[word.lowercased()] {
        report(.wrongWord(word, instead: known.instead), at: start)
        return token(.scalar(known.value), from: start, isSure: known.isSure)
      }
      if Double(word) != nil {
        let isHexadecimal = word.lowercased().contains("x")
        let why = isHexadecimal ? "it is hexadecimal" : "it must start with a digit or '-'"
        report(.invalidNumber(why), at: start)
        return number(word, from: start)
      }
      report(.unquoted, at: start)
      return token(.string(word), from: start)
    }
  }

  private func number(_ word: String, from start: Int) -> LooseToken {
    let double = Double(word).flatMap { $0.isFinite ? JSON.double($0) : nil }
    let value = Int64(word).map { JSON.integer($0) } ?? double
    return token(.scalar(value ?? .null), from: start, isSure: value != nil)
  }

  /// What other languages write.
  private static let otherWords: [String: (value: JSON, instead: String, isSure: Bool)] = [
    "true": (.bool(true), "true", true), "false": (.bool(false), "false", true),
    "null": (.null, "null", true), "none": (.null, "null", true), "nil": (.null, "null", true),
    "undefined": (.null, "null, or leave the member out", false),
    "nan": (.null, "a number, or null", false), "infinity": (.null, "a number, or null", false),
    "-infinity": (.null, "a number, or null", false), "yes": (.bool(true), "true", true),
    "no": (.bool(false), "false", true),
  ]
}
