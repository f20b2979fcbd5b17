/// A zip archive in memory, refused as a whole when anything about it is unusual.
///
/// Source: PKWARE, APPNOTE.TXT, ZIP File Format Specification.
package struct ZipArchive: Sendable {
  package struct Entry: Sendable {
    /// With slashes; never leads out of the archive.
    package var name: String
    package var byteCount: Int
    var packedCount: Int
    var isDeflated: Bool
    var sum: UInt32
    var start: Int
  }

  /// Files, without folders, in the order of the archive.
  package let entries: [Entry]
  private let bytes: [UInt8]

  /// Reads the list of the files.
  ///
  /// - Throws: `ArchiveDefect` for damage, names that lead elsewhere or occur twice, encryption, links,
  ///   and more than the limits allow.
  package init(_ bytes: [UInt8], limits: ArchiveLimits = .standard) throws(ArchiveDefect) {
    self.bytes = bytes
    let (count, offset) = try Self.directory(bytes)
    guard count <= limits.entryCount else {
      throw ArchiveDefect("holds more than \(limits.entryCount) files")
    }
    var reader = ByteReader(bytes, at: offset)
    var entries: [Entry] = []
    var names: Set<String> = []
    var total = 0
    for _ in 0..<count {
      guard let entry = try Self.entry(&reader) else { continue }
      guard names.insert(entry.name.lowercased()).inserted else {
        throw ArchiveDefect("holds '\(entry.name)' twice")
      }
      total += entry.byteCount
      guard total <= limits.byteCount else {
        throw ArchiveDefect("unpacks to more than \(limits.byteCount >> 20) MB")
      }
      entries.append(entry)
    }
    try Self.refuseOverlap(entries)
    self.entries = entries
  }

  /// The content of a file.
  ///
  /// - Throws: `ArchiveDefect` when it is damaged.
  package func content(of entry: Entry) throws(ArchiveDefect) -> [UInt8] {
    var reader = ByteReader(bytes, at: entry.start)
    let packed = try reader.slice(entry.packedCount)
    let content: [UInt8]
    if entry.isDeflated {
      content = try Inflater.inflate(packed, limit: entry.byteCount)
    } else {
      content = Array(packed)
    }
    guard content.count == entry.byteCount, CRC32.of(content) == entry.sum else {
      throw ArchiveDefect("is damaged: '\(entry.name)' is not what was packed")
    }
    return content
  }

  // MARK: Directory

  /// How many entries there are, and where their list begins.
  private static func directory(_ bytes: [UInt8]) throws(ArchiveDefect) -> (Int, Int) {
    let shortest = 22
    guard bytes.count >= shortest else { throw ArchiveDefect("is no zip archive") }
    // A comment of up to 65,535 bytes may follow.
    let last = bytes.count - shortest
    let found = stride(from: last, through: max(0, last - 0xFFFF), by: -1).first { offset in
      bytes[offset..<offset + 4] == [0x50, 0x4B, 0x05, 0x06]
    }
    guard let found else { throw ArchiveDefect("is no zip archive") }
    var reader = ByteReader(bytes, at: found + 4)
    let disks = (try reader.number(2), try reader.number(2))
    let counts = (try reader.number(2), try reader.number(2))
    let size = try reader.number(4)
    let offset = try reader.number(4)
    guard disks == (0, 0), counts.0 == counts.1 else { throw ArchiveDefect("has several parts") }
    guard counts.0 < 0xFFFF, offset < 0xFFFF_FFFF else {
      throw ArchiveDefect("is in the Zip64 format, which exports do not need")
    }
    guard offset + size <= found else { throw .cutOff }
    return (counts.0, offset)
  }

  /// The next entry of the list; `nil` for a folder.
  private static func entry(_ reader: inout ByteReader) throws(ArchiveDefect) -> Entry? {
    guard try reader.number(4) == 0x0201_4B50 else { throw .cutOff }
    _ = try reader.slice(4)
    let flags = try reader.number(2)
    let method = try reader.number(2)
    _ = try reader.slice(4)
    let sum = UInt32(try reader.number(4))
    let packedCount = try reader.number(4)
    let byteCount = try reader.number(4)
    let nameCount = try reader.number(2)
    let extraCount = try reader.number(2)
    let commentCount = try reader.number(2)
    _ = try reader.slice(4)
    let mode = try reader.number(4) >> 16
    let header = try reader.number(4)
    let written = try reader.slice(nameCount)
    _ = try reader.slice(extraCount + commentCount)
    let name = try name(written)
    guard flags & 1 == 0 else { throw ArchiveDefect("is encrypted ('\(name)')") }
    guard mode & 0o170000 != 0o120000 else { throw ArchiveDefect("holds a link ('\(name)')") }
    guard method == 0 || method == 8 else {
      throw ArchiveDefect("is packed by a method that exports do not use ('\(name)')")
    }
    guard !name.hasSuffix("/") else { return nil }
    return Entry(
      name: name,
      byteCount: byteCount,
      packedCount: packedCount,
      isDeflated: method == 8,
      sum: sum,
      start: try start(of: written, header, in: reader.bytes)
    )
  }

  private static func start(of name: ArraySlice<UInt8>, _ header: Int, in bytes: [UInt8])
    throws(ArchiveDefect) -> Int
  {
    var local = ByteReader(bytes, at: header)
    guard try local.number(4) == 0x0403_4B50 else { throw .cutOff }
    _ = try local.slice(22)
    let nameCount = try local.number(2)
    let extraCount = try local.number(2)
    // Two names for one file are a way to show one and unpack another.
    guard try local.slice(nameCount) == name else { throw ArchiveDefect("contradicts itself") }
    _ = try local.slice(extraCount)
    return local.offset
  }

  private static func name(_ bytes: ArraySlice<UInt8>) throws(ArchiveDefect) -> String {
    let name = String(decoding: bytes, as: UTF8.self).replacing("\\", with: "/")
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isSafe =
      !name.isEmpty && !name.hasPrefix("/") && !parts.contains("..")
      && !(parts.first?.contains(":") ?? false)
      && !name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    guard isSafe else { throw ArchiveDefect("has a name that leads out of it") }
    return name
  }

  /// Files that share their bytes are how a small archive unpacks to a huge one.
  private static func refuseOverlap(_ entries: [Entry]) throws(ArchiveDefect) {
    let sorted = entries.sorted { $0.start < $1.start }
    for (left, right) in zip(sorted, sorted.dropFirst())
    where left.start + left.packedCount > right.start {
      throw ArchiveDefect("has files that lie over each other")
    }
  }
}
