import Fixtures
import OrderedJSON
import Testing

@Suite struct JSONParsingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let written: String
    let offset: Int

    init(_ json: JSON) {
      name = json["name"]?.stringValue ?? ""
      let bytes = json["bytes"]?.arrayValue?.compactMap { $0.integerValue.map(UInt8.init) }
      self.bytes = bytes ?? Array((json["text"]?.stringValue ?? "").utf8)
      written = json["written"]?.stringValue ?? ""
      offset = Int(json["offset"]?.integerValue ?? -1)
    }

    var testDescription: String { name }

    static func load(_ file: String) throws -> [Case] {
      try (Fixtures.json("OrderedJSONTests/Data/\(file)").arrayValue ?? []).map(Case.init)
    }
  }

  @Test(arguments: try Case.load("valid.json"))
  func `valid text is read and written back`(_ example: Case) throws {
    #expect(try JSON(parsing: example.bytes).text == example.written)
    #expect(try JSONDocument(example.bytes).value.text == example.written)
  }

  @Test(arguments: try Case.load("invalid.json"))
  func `invalid text is refused at its place`(_ example: Case) throws {
    let error = #expect(throws: JSONParseError.self) { try JSON(parsing: example.bytes) }
    #expect(error?.offset == example.offset)
    #expect(error?.message.isEmpty == false)
  }

  @Test func `nesting is bounded`() throws {
    let limits = JSONLimits(byteCount: 1 << 20, depth: 4)
    #expect(try JSON(parsing: "[[[[1]]]]", limits: limits).text == "[[[[1]]]]")
    let error = #expect(throws: JSONParseError.self) {
      try JSON(parsing: "[[[[[1]]]]]", limits: limits)
    }
    #expect(error?.reason == .tooDeep(limit: 4))
  }

  @Test func `a hundred thousand brackets are an error and no crash`() {
    let text = String(repeating: "[", count: 100_000)
    let error = #expect(throws: JSONParseError.self) { try JSON(parsing: text) }
    #expect(error?.reason == .tooDeep(limit: 512))
  }

  @Test func `the byte limit is checked first`() {
    let limits = JSONLimits(byteCount: 4, depth: 8)
    let error = #expect(throws: JSONParseError.self) { try JSON(parsing: "[1,2]", limits: limits) }
    #expect(error?.reason == .tooLarge(limit: 4))
  }

  @Test func `every prefix of a document is refused without a crash`() throws {
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00"],"b":{"c":null,"d":true}}"#.utf8)
    for length in 0..<text.count {
      #expect(throws: JSONParseError.self) { try JSON(parsing: Array(text.prefix(length))) }
    }
  }
}
