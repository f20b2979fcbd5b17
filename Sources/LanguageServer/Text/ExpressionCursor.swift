/// What stands at an offset inside a string that holds expressions, which may be half-written.
struct ExpressionCursor {
  /// A call that is open at the cursor.
  struct Call {
    var name: String
    /// Which argument the cursor stands in, from 0.
    var argument: Int
  }

  /// The calls around the cursor, the innermost last.
  private(set) var calls: [Call] = []
  /// The word that the cursor stands in or behind; empty where one may begin.
  private(set) var word: Range<Int>
  /// The text literal that the cursor stands in, without its quotes.
  private(set) var literal: Range<Int>?

  /// `nil` where the cursor stands in plain text.
  init?(_ content: [UInt8], at cursor: Int) {
    guard let start = Self.start(content, cursor) else { return nil }
    word = cursor..<cursor
    scan(content, from: start, to: cursor)
  }

  /// Where the expression around the cursor begins.
  private static func start(_ content: [UInt8], _ cursor: Int) -> Int? {
    guard cursor > 0, content.first == UInt8(ascii: "@") || content.contains(UInt8(ascii: "{"))
    else { return nil }
    if content.starts(with: "@@".utf8) { return nil }
    if content[0] == UInt8(ascii: "@"), content.count < 2 || content[1] != UInt8(ascii: "{") {
      return 1
    }
    return interpolation(content, cursor)
  }

  private static func interpolation(_ content: [UInt8], _ cursor: Int) -> Int? {
    var position = 0
    while position < cursor {
      if content[position...].starts(with: "@@{".utf8) {
        position += 3
      } else if content[position...].starts(with: "@{".utf8) {
        let start = position + 2
        guard let end = end(content, from: start), end <= cursor else {
          return start <= cursor ? start : nil
        }
        position = end
      } else {
        position += 1
      }
    }
    return nil
  }

  /// Behind the brace that ends an expression; `nil` when there is none.
  private static func end(_ content: [UInt8], from start: Int) -> Int? {
    var isText = false
    for position in start..<content.count {
      if content[position] == UInt8(ascii: "'") { isText.toggle() }
      if content[position] == UInt8(ascii: "}"), !isText { return position + 1 }
    }
    return nil
  }

  private mutating func scan(_ content: [UInt8], from start: Int, to cursor: Int) {
    var position = start
    var wordStart: Int?
    while position < cursor {
      let byte = content[position]
      switch byte {
      case UInt8(ascii: "'"):
        wordStart = nil
        let end = Self.textEnd(content, from: position + 1)
        if end >= cursor {
          literal = position + 1..<end
          return
        }
        position = end
      case UInt8(ascii: "("):
        let name = wordStart.map { String(decoding: content[$0..<position], as: UTF8.self) }
        calls.append(Call(name: name ?? "", argument: 0))
        wordStart = nil
      case UInt8(ascii: ")"):
        _ = calls.popLast()
        wordStart = nil
      case UInt8(ascii: ","):
        if !calls.isEmpty { calls[calls.count - 1].argument += 1 }
        wordStart = nil
      case 0x20, 0x09, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "."), UInt8(ascii: "?"),
        UInt8(ascii: "{"):
        wordStart = nil
      default: wordStart = wordStart ?? position
      }
      position += 1
    }
    let first = wordStart ?? cursor
    word = first..<Self.wordEnd(content, from: cursor)
  }

  /// The closing quote of a text, or the end; two quotes are one in the text.
  private static func textEnd(_ content: [UInt8], from start: Int) -> Int {
    var position = start
    while position < content.count {
      guard content[position] == UInt8(ascii: "'") else {
        position += 1
        continue
      }
      guard position + 1 < content.count, content[position + 1] == UInt8(ascii: "'") else {
        return position
      }
      position += 2
    }
    return content.count
  }

  private static func wordEnd(_ content: [UInt8], from start: Int) -> Int {
    var end = start
    while end < content.count, isWord(content[end]) { end += 1 }
    return end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...:
      true
    default: false
    }
  }
}
