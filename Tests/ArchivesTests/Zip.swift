/// Writes archives, also such as nobody should.
struct Zip {
  struct File {
    var name: String
    var content: [UInt8]
    var method = 0
    var byteCount: Int
    var sum: UInt32
    var flags = 0
    var mode = 0o100644
    /// Another name in front of the content than in the list.
    var localName: String?
  }

  var files: [File] = []
  /// The place in the list of the file whose content each one shares.
  var shares: [Int: Int] = [:]

  init() {}

  init(name: String, _ packed: InflaterTests.Case, method: Int) {
    files = [
      File(
        name: name,
        content: packed.packed,
        method: method,
        byteCount: packed.count,
        sum: UInt32(packed.sum)
      )
    ]
  }

  mutating func add(_ name: String, _ text: String = "") {
    let bytes = Array(text.utf8)
    files.append(File(name: name, content: bytes, byteCount: bytes.count, sum: Self.sum(bytes)))
  }

  var bytes: [UInt8] {
    var output: [UInt8] = []
    var list: [UInt8] = []
    var starts: [Int] = []
    for (index, file) in files.enumerated() {
      let local = Array((file.localName ?? file.name).utf8)
      let start = shares[index].map { starts[$0] } ?? output.count
      starts.append(start)
      if shares[index] == nil {
        output += Self.number(0x0403_4B50, 4) + header(file, local.count) + Self.number(0, 2)
        output += local + file.content
      }
      let name = Array(file.name.utf8)
      list += Self.number(0x0201_4B50, 4) + Self.number(20 | 3 << 8, 2) + header(file, name.count)
      list += Self.number(0, 2) + Self.number(0, 2) + Self.number(0, 4)
      list += Self.number(file.mode << 16, 4) + Self.number(start, 4) + name
    }
    let offset = output.count
    output += list
    output += Self.number(0x0605_4B50, 4) + Self.number(0, 4)
    output += Self.number(files.count, 2) + Self.number(files.count, 2)
    output += Self.number(list.count, 4) + Self.number(offset, 4) + Self.number(0, 2)
    return output
  }

  private func header(_ file: File, _ nameCount: Int) -> [UInt8] {
    Self.number(20, 2) + Self.number(file.flags, 2) + Self.number(file.method, 2)
      + Self.number(0, 4) + Self.number(Int(file.sum), 4) + Self.number(file.content.count, 4)
      + Self.number(file.byteCount, 4) + Self.number(nameCount, 2)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func sum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1
      }
    }
  }
}
