import OrderedJSON
import Testing

@Suite struct JSONDocumentTests {
  @Test func `every value has its place`() throws {
    let text = #"{"a": [10, {"b~/c": true}], "d": "x"}"#
    let document = try JSONDocument(Array(text.utf8))
    func slice(_ pointer: String) throws -> String {
      let range = document.source(at: try #require(JSONPointer(text: pointer))).range
      return String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }
    #expect(try slice("") == text)
    #expect(try slice("/a/0") == "10")
    #expect(try slice("/a/1/b~0~1c") == "true")
    #expect(try slice("/d") == #""x""#)
    #expect(document.source(at: JSONPointer(["d"])).keyRange == 28..<31)
  }

  @Test func `a missing value has the place of its nearest ancestor`() throws {
    let document = try JSONDocument(Array(#"{"a":{"b":1}}"#.utf8))
    #expect(document.source(at: JSONPointer(["a", "x", "y"])).range == 5..<12)
  }

  @Test func `a duplicate key has the place of its last value`() throws {
    let document = try JSONDocument(Array(#"{"a":1,"b":2,"a":33}"#.utf8))
    #expect(document.source(at: JSONPointer(["a"])).range == 17..<19)
    #expect(document.source(at: JSONPointer(["b"])).range == 11..<12)
  }

  @Test(arguments: [
    (#"{"a":[1,2,],}"#, #"{"a":[1,2]}"#, [JSONRepair.Kind.trailingComma, .trailingComma]),
    ("{\"a\":\"x\ty\"}", #"{"a":"x\ty"}"#, [.controlCharacter]),
    ("{\"a\":1\n \"b\":2}", #"{"a":1,"b":2}"#, [.missingComma]),
    (#"{"a":{"b":[1"#, #"{"a":{"b":[1]}}"#, [.unclosed]),
    ("{\"a\":1}\n\"x-b\":[2],\n\"x-c\":3", #"{"a":1,"x-b":[2],"x-c":3}"#, [.earlyEnd]),
    ("{\"a\":1}\n\"x-b\":2}", #"{"a":1,"x-b":2}"#, [.earlyEnd]),
  ])
  func `the lenient reader mends what published definitions have`(
    text: String,
    value: String,
    repairs: [JSONRepair.Kind]
  ) throws {
    let document = try JSONDocument(Array(text.utf8), mode: .lenient)
    #expect(document.value.text == value)
    #expect(document.repairs.map(\.kind) == repairs)
    #expect(throws: JSONParseError.self) { try JSONDocument(Array(text.utf8)) }
  }

  @Test func `the lenient reader falls back to Windows-1252`() throws {
    let bytes: [UInt8] = [0x22, 0x66, 0xF8, 0x80, 0x22]
    let document = try JSONDocument(bytes, mode: .lenient)
    #expect(document.value == "fø€")
    #expect(document.repairs == [JSONRepair(.windows1252, at: 1)])
  }

  @Test(arguments: [
    #"{"a":1} }"#, "{\"a\":1}\n\"b\":2}", "[{}\n\"x-b\":2]", #"{"a":1 "b":2}"#, #"["a" "b"]"#,
    "{\"a\n\":1}", #"{"a""#,
  ])
  func `the lenient reader does not guess`(text: String) {
    #expect(throws: JSONParseError.self) { try JSONDocument(Array(text.utf8), mode: .lenient) }
  }
}
