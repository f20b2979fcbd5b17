import Fixtures
import OrderedJSON
import Testing

/// Known answers of RFC 4231, FIPS 180-4 and RFC 4648.
enum Vectors {
  struct Case: CustomTestStringConvertible, Sendable {
    let json: JSON

    var testDescription: String { json["name"]?.stringValue ?? json.text }
    func text(_ key: String) -> String { json[key]?.stringValue ?? "" }
    func bytes(_ key: String) -> [UInt8] { Self.bytes(hexadecimal: text(key)) }

    static func bytes(hexadecimal text: String) -> [UInt8] {
      let digits = text.compactMap(\.hexDigitValue)
      return stride(from: 0, to: digits.count, by: 2).map {
        UInt8(digits[$0] << 4 | digits[$0 + 1])
      }
    }
  }

  static func cases(_ name: String) throws -> [Case] {
    try Fixtures.json("CryptoTests/Data/vectors.json")[name]?.arrayValue?.map(Case.init) ?? []
  }
}
