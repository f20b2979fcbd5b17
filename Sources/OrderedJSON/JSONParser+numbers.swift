/// Numbers: integers, doubles, and decimals for what no 64 bits hold.
///
/// Source: RFC 8259 section 6.
extension JSONParser {
  mutating func parseNumber() throws(JSONParseError) -> JSON {
    let start = position
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let integerStart = position
    var magnitude: UInt64 = 0
    var overflowed = false
    while let digit = digit(at: position) {
      let (product, over) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      overflowed = overflowed || over || carry
      magnitude = sum
      position += 1
    }
    guard position > integerStart else {
      throw JSONParseError(.invalidNumber("a digit is missing"), at: start)
    }
    if text[integerStart] == UInt8(ascii: "0"), position > integerStart + 1 {
      throw JSONParseError(.invalidNumber("a leading zero"), at: start)
    }
    let isInteger = try !skipFractionAndExponent(start)
    if isInteger, !overflowed, let value = Self.signed(magnitude, isNegative) {
      return .integer(value)
    }
    return number(from: start, isInteger: isInteger)
  }

  /// An integer too long for 64 bits stays exact as a decimal while it fits one.
  func number(from start: Int, isInteger: Bool) -> JSON {
    let spelling = String(
      decoding: UnsafeBufferPointer(rebasing: text[start..<position]),
      as: UTF8.self
    )
    if isInteger, let decimal = ScaledDecimal(text: spelling) { return .decimal(decimal) }
    return .double(Double(spelling) ?? .nan)
  }

  static func signed(_ magnitude: UInt64, _ isNegative: Bool) -> Int64? {
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude == UInt64(Int64.max) + 1 ? Int64.min : Int64(exactly: magnitude).map { -$0 }
  }

  mutating func skipFractionAndExponent(_ start: Int) throws(JSONParseError) -> Bool {
    var present = false
    if position < text.count, text[position] == UInt8(ascii: ".") {
      present = true
      position += 1
      try skipDigits(start, "a digit is missing after the point")
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      present = true
      position += 1
      if position < text.count,
        text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try skipDigits(start, "a digit is missing in the exponent")
    }
    return present
  }

  mutating func skipDigits(_ start: Int, _ why: String) throws(JSONParseError) {
    guard digit(at: position) != nil else { throw JSONParseError(.invalidNumber(why), at: start) }
    while digit(at: position) != nil { position += 1 }
  }

  func digit(at offset: Int) -> UInt8? {
    guard offset < text.count else { return nil }
    let value = text[offset] &- UInt8(ascii: "0")
    return value < 10 ? value : nil
  }
}
