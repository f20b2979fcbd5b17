import Fixtures
import OrderedJSON
import Testing

@Suite struct JSONRecoveryTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let errors: [String]
    let value: JSON
    let damage: [String]
    var testDescription: String { text }

    init(_ value: JSON) throws {
      text = (value["text"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "\n")
      errors = (value["errors"]?.arrayValue ?? []).compactMap(\.stringValue)
      self.value = try #require(value["value"])
      damage = (value["damage"]?.arrayValue ?? []).compactMap(\.stringValue)
    }
  }

  static func cases() throws -> [Case] {
    try (Fixtures.json("OrderedJSONTests/Data/broken.json").arrayValue ?? []).map(Case.init)
  }

  @Test(arguments: try cases())
  func `every defect of a text has its place, and the rest is read`(_ each: Case) throws {
    let bytes = Array(each.text.utf8)
    let recovery = JSONRecovery(bytes)
    let found = recovery.errors.map { "\(Self.place($0.offset, in: bytes)) \($0.message)" }
    #expect(found == each.errors)
    #expect((recovery.document?.value ?? "nothing").text == each.value.text)
    #expect(Set(recovery.damage.map(\.description)) == Set(each.damage))
    #expect(throws: JSONParseError.self) { try JSON(parsing: bytes) }
  }

  @Test func `a text without defects has no errors, and the places of all its values`() throws {
    let bytes = try Fixtures.sample("flows/onboard-user.json")
    let (recovery, strict) = (JSONRecovery(bytes), try JSONDocument(bytes))
    #expect(recovery.errors.isEmpty && recovery.damage.isEmpty)
    let document = try #require(recovery.document)
    #expect(document.value.text == strict.value.text)
    #expect(Self.ranges(document.source) == Self.ranges(strict.source))
  }

  @Test func `a byte that is lost from a flow is one defect, or a few at worst`() throws {
    let bytes = try Fixtures.sample("flows/send-before-link.json")
    var counts: [Int: Int] = [:]
    for index in bytes.indices {
      var text = bytes
      text.remove(at: index)
      guard (try? JSON(parsing: text)) == nil else { continue }
      counts[JSONRecovery(text).errors.count, default: 0] += 1
    }
    let all = counts.values.reduce(0, +)
    #expect(counts[0] == nil)
    #expect((counts[1] ?? 0) * 100 >= all * 85, "\(counts)")
    #expect((counts.keys.max() ?? 0) <= 6, "\(counts)")
  }

  @Test func `nothing is read twice over, however long or deep the text is`() {
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    #expect(JSONRecovery(deep).errors.count == 1)
    let commas = Array(("[" + String(repeating: "'x', ", count: 20_000)).utf8)
    #expect(JSONRecovery(commas).errors.count == 100)
    for part in ["\"a\"b\":c, ", "\"a\" b, ", "' ", "“x”, ", "@f(a), ", "#"] {
      let line = Array(("[" + String(repeating: part, count: 20_000)).utf8)
      #expect((1...100).contains(JSONRecovery(line).errors.count))
    }
    let limits = JSONLimits(byteCount: 3, depth: 8)
    #expect(JSONRecovery(Array("[1,]".utf8), limits: limits).errors.first?.offset == 3)
  }

  private static func place(_ offset: Int, in bytes: [UInt8]) -> String {
    let before = bytes.prefix(offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count
    return "\(before.count { $0 == 0x0A } + 1):\(column + 1)"
  }

  private static func ranges(_ source: JSONSource) -> [Range<Int>] {
    [source.range] + source.children.flatMap(ranges)
  }
}
