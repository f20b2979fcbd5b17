/// Values of a run as they may stand in messages.
enum Quotation {
  /// The text in quotes when it can only be a mistyped number or time, else just its length,
  /// because it may be a secret.
  static func text(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "/"),
        UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "%"),
        UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard !isPlain || value.utf8.count > 32 else { return "'\(value)'" }
    return "a text of \(value.utf16.count) characters"
  }
}
