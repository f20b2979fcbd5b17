import Archives
import Fixtures
import Testing

/// Archives, those that exports are and those that somebody made to do harm.
@Suite struct ZipArchiveTests {
  @Test func `files come out as they were put in`() throws {
    var zip = Zip()
    zip.add("a/b.json", "{}")
    zip.add("folder/")
    zip.add("Zoë\\c.txt", "text")
    let archive = try ZipArchive(zip.bytes)
    #expect(archive.entries.map(\.name) == ["a/b.json", "Zoë/c.txt"])
    #expect(try archive.content(of: archive.entries[1]) == Array("text".utf8))
  }

  @Test(arguments: [
    "/etc/passwd", "../x", "a/../../x", "..\\x", "C:/x", "C:\\x", "a\u{0}b", "a\nb", "",
  ])
  func `names that lead elsewhere are refused`(name: String) {
    var zip = Zip()
    zip.add("fine")
    zip.add(name, "x")
    #expect(throws: ArchiveDefect("has a name that leads out of it")) { try ZipArchive(zip.bytes) }
  }

  @Test func `a name that occurs twice is refused`() {
    var zip = Zip()
    zip.add("a.json", "1")
    zip.add("A.json", "2")
    #expect(throws: ArchiveDefect("holds 'A.json' twice")) { try ZipArchive(zip.bytes) }
  }

  @Test func `encryption, links and other methods are refused`() {
    for change in [\Zip.File.flags, \.mode, \.method] {
      var zip = Zip()
      zip.add("x", "y")
      zip.files[0][keyPath: change] = change == \.flags ? 1 : change == \.mode ? 0o120777 : 12
      #expect(throws: ArchiveDefect.self) { try ZipArchive(zip.bytes) }
    }
  }

  @Test func `an archive that shows one name and holds another is refused`() {
    var zip = Zip()
    zip.add("shown", "y")
    zip.files[0].localName = "other"
    #expect(throws: ArchiveDefect.self) { try ZipArchive(zip.bytes) }
  }

  @Test func `bombs are refused before anything is unpacked`() {
    var huge = Zip()
    huge.add("x", "y")
    huge.files[0].byteCount = 200 << 20
    #expect(throws: ArchiveDefect("unpacks to more than 100 MB")) { try ZipArchive(huge.bytes) }
    var shared = Zip()
    shared.add("x", "content")
    shared.add("y", "content")
    shared.files[1].localName = "x"
    shared.shares = [1: 0]
    #expect(throws: ArchiveDefect.self) { try ZipArchive(shared.bytes) }
    var many = Zip()
    for index in 0..<20 { many.add("f\(index)") }
    let limits = ArchiveLimits(entryCount: 10, byteCount: 100)
    #expect(throws: ArchiveDefect("holds more than 10 files")) {
      try ZipArchive(many.bytes, limits: limits)
    }
  }

  @Test func `content that lies about its size or its sum is refused`() throws {
    var zip = Zip()
    zip.add("x", "content")
    zip.files[0].sum ^= 1
    let wrongSum = try ZipArchive(zip.bytes)
    #expect(throws: ArchiveDefect.self) { try wrongSum.content(of: wrongSum.entries[0]) }
    zip.files[0].sum ^= 1
    zip.files[0].byteCount = 3
    let wrongSize = try ZipArchive(zip.bytes)
    #expect(throws: ArchiveDefect.self) { try wrongSize.content(of: wrongSize.entries[0]) }
  }

  @Test func `no truncated or damaged archive does more than fail`() {
    var zip = Zip()
    zip.add("a", "some content")
    zip.add("b", "other content")
    let bytes = zip.bytes
    for count in 0..<bytes.count {
      if let archive = try? ZipArchive(Array(bytes.prefix(count))) {
        for entry in archive.entries { _ = try? archive.content(of: entry) }
      }
    }
    var random = SeededGenerator(state: 3)
    for _ in 0..<2000 {
      var damaged = bytes
      damaged[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255,
        using: &random
      )
      guard let archive = try? ZipArchive(damaged) else { continue }
      for entry in archive.entries {
        if let content = try? archive.content(of: entry) { #expect(content.count < 100) }
      }
    }
  }
}
