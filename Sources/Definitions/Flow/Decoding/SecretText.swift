/// Finds what looks like a secret in a text that is not JSON, so that no message repeats it.
///
/// Rather too much than too little: nothing but what is shown depends on it.
enum SecretText {
  /// The bytes of secrets, in the order of the text.
  static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    // Lower case for ASCII letters; other bytes do not matter here.
    let lowered = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    var ranges: [Range<Int>] = []
    var place = 0
    while place < lowered.count {
      guard let mark = marks.first(where: { lowered[place...].starts(with: $0) }) else {
        place += 1
        continue
      }
      place += mark.count
      let value = value(after: place, in: lowered)
      guard !value.isEmpty, !isExpression(lowered[value]) else { continue }
      ranges.append(value)
      place = value.upperBound
    }
    return ranges
  }

  private static let marks = [
    "accesskey", "accountkey", "apikey", "api_key", "api-key", "authorization", "bearer ",
    "client_secret",
    "clientsecret", "password", "pfx", "private key", "secret", "sharedaccesskey", "sig=",
    "subscription-key", "token", "x-functions-key",
  ].map { Array($0.utf8) }

  /// From the first byte that is no quote, colon or blank, to a quote or the end of the line.
  private static func value(after end: Int, in text: [UInt8]) -> Range<Int> {
    let gap = Set("\"':= \t".utf8)
    var first = end
    while first < text.count, gap.contains(text[first]) { first += 1 }
    let stops = Set("\"'\n\r;&".utf8)
    var last = first
    while last < text.count, !stops.contains(text[last]) { last += 1 }
    return first..<last
  }

  private static func isExpression(_ value: ArraySlice<UInt8>) -> Bool {
    value.first == UInt8(ascii: "@") || value.first == UInt8(ascii: "{")
  }
}
