import Archives
import Fixtures
import Foundation
import OrderedJSON
import Testing

/// Unpacking, with what zlib packed.
@Suite struct InflaterTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let packed: [UInt8]
    let count: Int
    let sum: Int64

    var testDescription: String { name }

    static func load() throws -> [Case] {
      try (Fixtures.json("ArchivesTests/Data/deflate.json").arrayValue ?? []).map { value in
        let text = try #require(value["packed"]?.stringValue)
        return Case(
          name: try #require(value["name"]?.stringValue),
          packed: Array(try #require(Data(base64Encoded: text))),
          count: Int(try #require(value["count"]?.integerValue)),
          sum: try #require(value["sum"]?.integerValue)
        )
      }
    }
  }

  @Test(arguments: try Case.load())
  func `what was packed comes out`(_ packed: Case) throws {
    let bytes = try Inflater.inflate(packed.packed[...], limit: packed.count)
    #expect(bytes.count == packed.count)
    // The archive around it compares the check sum.
    let archive = try ZipArchive(Zip(name: "x", packed, method: 8).bytes)
    #expect(try archive.content(of: archive.entries[0]) == bytes)
  }

  @Test(arguments: try Case.load().filter { $0.count > 0 })
  func `more than is allowed is refused`(_ packed: Case) {
    #expect(throws: ArchiveDefect.self) {
      try Inflater.inflate(packed.packed[...], limit: packed.count - 1)
    }
  }

  @Test(arguments: try Case.load())
  func `damaged input ends in an error or in something bounded`(_ packed: Case) {
    var random = SeededGenerator(state: 11)
    for _ in 0..<50 {
      var bytes = packed.packed
      bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(
        in: 1...255,
        using: &random
      )
      let found = try? Inflater.inflate(
        bytes.dropLast(Int.random(in: 0...2, using: &random)),
        limit: 5000
      )
      #expect(found.map { $0.count <= 5000 } ?? true)
    }
  }
}
