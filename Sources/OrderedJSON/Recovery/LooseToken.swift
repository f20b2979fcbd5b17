/// A piece of a text that may not be JSON.
struct LooseToken {
  enum Kind {
    /// One of `{}[]:,`, or of `=` and `;`, which other languages have.
    case mark(UInt8)
    case string(String)
    case scalar(JSON)
    case end
  }

  var kind: Kind
  var range: Range<Int>
  /// Whether the value is what was meant, as far as one can see.
  var isSure = true
  /// Whether something was said about it already.
  var isKnownBad = false

  var mark: UInt8? {
    if case .mark(let byte) = kind { byte } else { nil }
  }

  var isForeign: Bool { mark == UInt8(ascii: "=") || mark == UInt8(ascii: ";") }
  var isOpener: Bool { mark == UInt8(ascii: "{") || mark == UInt8(ascii: "[") }
  var isCloser: Bool { mark == UInt8(ascii: "}") || mark == UInt8(ascii: "]") }

  var isEnd: Bool {
    if case .end = kind { true } else { false }
  }

  /// The bracket that closes what this one opens.
  static func closer(of opener: UInt8) -> UInt8 {
    opener == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]")
  }
}
