import OrderedJSON
import Testing

@Suite struct JSONValueTests {
  @Test func `numbers are equal by value across kinds`() throws {
    let decimal = try #require(ScaledDecimal(text: "30.00"))
    #expect(JSON.integer(30) == .double(30))
    #expect(JSON.integer(30) == .decimal(decimal))
    #expect(JSON.decimal(decimal) == .double(30))
    #expect(JSON.integer(1) != .bool(true))
    #expect(JSON.double(.nan) != .double(.nan))
    #expect(JSON.integer(30).hashValue == JSON.decimal(decimal).hashValue)
  }

  @Test func `objects are equal in any order`() {
    let left: JSON = ["a": 1, "b": [1, 2]]
    let right: JSON = ["b": [1, 2], "a": 1]
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left != ["a": 1, "b": [2, 1]])
  }

  @Test func `strings are equal by code units`() {
    #expect(JSON.string("\u{E9}") != .string("e\u{301}"))
  }

  @Test func `lookup prefers the exact spelling`() {
    let object: JSONObject = ["Name": 1, "name": 2, "AGE": 3]
    #expect(object.value(ignoringCaseOf: "name") == 2)
    #expect(object.value(ignoringCaseOf: "NAME") == 1)
    #expect(object.value(ignoringCaseOf: "age") == 3)
    #expect(object.value(ignoringCaseOf: "size") == nil)
  }

  @Test(arguments: [5, 40])
  func `setting keeps the place and removing closes the gap`(count: Int) {
    var object = JSONObject((0..<count).map { ("k\($0)", .integer(Int64($0))) })
    object["k2"] = "x"
    object["k1"] = nil
    object["new"] = true
    #expect(object["k1"] == nil)
    #expect(Array(object.keys).prefix(2) == ["k0", "k2"])
    #expect(object["k2"] == "x")
    #expect(object["k\(count - 1)"] == .integer(Int64(count - 1)))
    #expect(Array(object.keys).last == "new")
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (5, "5"), (0.1, "0.1"), (1e14, "100000000000000"), (1e15, "1E+15"),
    (123_456_789.125, "123456789.125"), (9.223372036854776e18, "9.223372036854776E+18"),
    (0.0001, "0.0001"), (0.00001, "1E-05"), (1.5e-7, "1.5E-07"),
    (1.7976931348623157e308, "1.7976931348623157E+308"),
    (5e-300, "5E-300"), (-2.5, "-2.5"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
  ])
  func `doubles print as NET prints them`(value: Double, text: String) {
    #expect(NumberText.text(of: value) == text)
  }

  @Test(arguments: [
    "5.0000", "-0.25", "79228162514264337593543950335", "0.0000000000000000000000000001",
  ])
  func `decimals keep their scale`(text: String) throws {
    #expect(try #require(ScaledDecimal(text: text)).description == text)
  }

  @Test(arguments: [
    "", "-", ".", "1e5", "79228162514264337593543950336", "1..2", "0.00000000000000000000000000001",
  ])
  func `what is no decimal is refused`(text: String) {
    #expect(ScaledDecimal(text: text) == nil)
  }

  @Test func `pointers escape and unescape`() throws {
    let pointer = try #require(JSONPointer(text: "/a~1b/m~0n//0"))
    #expect(pointer.tokens == ["a/b", "m~n", "", "0"])
    #expect(pointer.description == "/a~1b/m~0n//0")
    #expect(JSONPointer(text: "a") == nil)
    let value: JSON = ["a/b": ["m~n": ["": [7]]]]
    #expect(value.value(at: pointer) == 7)
  }

  @Test func `a separator of a pointer is one whatever follows it`() throws {
    let pointer = try #require(JSONPointer(text: "/a/\u{301}b/~1\u{301}/~01"))
    #expect(pointer.tokens == ["a", "\u{301}b", "/\u{301}", "~1"])
    #expect(pointer.description == "/a/\u{301}b/~1\u{301}/~01")
  }

  @Test(arguments: [1, 12, 13, 40])
  func `an object of distinct members finds each of them`(count: Int) {
    let keys = (0..<count).map { "k\($0)" }
    let object = JSONObject(distinct: keys.map { JSONObject.Member(key: $0, value: .string($0)) })
    #expect(Array(object.keys) == keys)
    #expect(keys.allSatisfy { object[$0] == .string($0) } && object["k"] == nil)
  }

  @Test(arguments: ["\"", "\\", "\n", "\u{1F}", "\u{0}", "\u{7F}", "ä", "\u{1F600}", "\u{80}"])
  func `text survives wherever in a word a character stands`(_ character: String) throws {
    for before in 0...17 {
      for after in 0...9 {
        let text =
          String(repeating: "x", count: before) + character
          + String(repeating: "!", count: after)
        let written = JSON.string(text).bytes
        #expect(try JSON(parsing: written) == .string(text))
        #expect(!written.contains { $0 < 0x20 })
      }
    }
  }

  @Test func `pretty text indents and keeps empties short`() {
    let value: JSON = ["a": [1, [:]], "b": []]
    #expect(value.prettyText == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
  }

  @Test(arguments: [nil, 2])
  func `parts are written as the value of the whole`(indentation: Int?) {
    var parts = JSONWriter(indentation: indentation)
    parts.open(.object)
    parts.member("text", "[\n")
    parts.begin("list")
    parts.open(.array)
    parts.separate()
    parts.write(Int64(-1))
    parts.separate()
    parts.open(.object)
    parts.close(.object)
    parts.close(.array)
    parts.member("flag", true)
    parts.close(.object)
    var whole = JSONWriter(indentation: indentation)
    whole.write(["text": "[\n", "list": [-1, [:]], "flag": true] as JSON)
    #expect(parts.bytes == whole.bytes)
  }

  @Test func `bytes that are no text are found wherever in a word they stand`() {
    for before in 0...17 {
      for after in 0...9 {
        let bytes =
          Array("\"".utf8) + Array(repeating: 0x78, count: before) + [0xFF]
          + Array(repeating: 0x21, count: after) + Array("\"".utf8)
        #expect(throws: JSONParseError(.invalidUTF8, at: before + 1)) {
          try JSON(parsing: bytes)
        }
      }
    }
  }
}
