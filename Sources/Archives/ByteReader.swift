/// Reads little-endian numbers and never past the end.
struct ByteReader {
  let bytes: [UInt8]
  var offset: Int

  init(_ bytes: [UInt8], at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func number(_ count: Int) throws(ArchiveDefect) -> Int {
    guard offset >= 0, offset + count <= bytes.count else { throw .cutOff }
    var value = 0
    for index in (0..<count).reversed() { value = value << 8 | Int(bytes[offset + index]) }
    offset += count
    return value
  }

  mutating func slice(_ count: Int) throws(ArchiveDefect) -> ArraySlice<UInt8> {
    guard count >= 0, offset >= 0, offset + count <= bytes.count else { throw .cutOff }
    offset += count
    return bytes[offset - count..<offset]
  }
}
