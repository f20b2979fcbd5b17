/// Unpacks the deflate format.
///
/// Source: RFC 1951.
package struct Inflater {
  private let input: ArraySlice<UInt8>
  private var offset: Int
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let limit: Int

  private init(_ input: ArraySlice<UInt8>, limit: Int) {
    self.input = input
    self.limit = limit
    offset = input.startIndex
  }

  /// The unpacked bytes; `limit` says how many there may be.
  ///
  /// - Throws: `ArchiveDefect` for damaged input, and when there is more.
  package static func inflate(_ input: ArraySlice<UInt8>, limit: Int) throws(ArchiveDefect)
    -> [UInt8]
  {
    var inflater = Inflater(input, limit: limit)
    var isLast = false
    while !isLast {
      isLast = try inflater.take(1) == 1
      switch try inflater.take(2) {
      case 0: try inflater.copyStored()
      case 1: try inflater.unpack(.fixedLiterals, .fixedDistances)
      case 2:
        let (literals, distances) = try inflater.tables()
        try inflater.unpack(literals, distances)
      default: throw .cutOff
      }
    }
    return inflater.output
  }

  // MARK: Bits

  private mutating func take(_ count: Int) throws(ArchiveDefect) -> Int {
    while bitCount < count {
      guard offset < input.endIndex else { throw .cutOff }
      bits |= UInt32(input[offset]) << UInt32(bitCount)
      offset += 1
      bitCount += 8
    }
    let value = bits & ((1 << UInt32(count)) - 1)
    bits >>= UInt32(count)
    bitCount -= count
    return Int(value)
  }

  private mutating func symbol(_ table: HuffmanTable) throws(ArchiveDefect) -> Int {
    var code = 0
    var first = 0
    var index = 0
    for length in 1...HuffmanTable.longest {
      code |= try take(1)
      let count = table.counts[length]
      if code - count < first { return table.symbols[index + code - first] }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw .cutOff
  }

  // MARK: Blocks

  private mutating func append(_ byte: UInt8) throws(ArchiveDefect) {
    guard output.count < limit else { throw ArchiveDefect("holds more than it says") }
    output.append(byte)
  }

  private mutating func copyStored() throws(ArchiveDefect) {
    // What is left of the byte is filling.
    bits = 0
    bitCount = 0
    guard offset + 4 <= input.endIndex else { throw .cutOff }
    let length = Int(input[offset]) | Int(input[offset + 1]) << 8
    let check = Int(input[offset + 2]) | Int(input[offset + 3]) << 8
    offset += 4
    guard length == ~check & 0xFFFF, offset + length <= input.endIndex else { throw .cutOff }
    for byte in input[offset..<offset + length] { try append(byte) }
    offset += length
  }

  private mutating func unpack(_ literals: HuffmanTable, _ distances: HuffmanTable)
    throws(ArchiveDefect)
  {
    while true {
      let symbol = try symbol(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        try append(UInt8(symbol))
        continue
      }
      guard symbol - 257 < Self.lengths.count else { throw .cutOff }
      let (base, extra) = Self.lengths[symbol - 257]
      let length = base + (try take(extra))
      let code = try self.symbol(distances)
      guard code < Self.distances.count else { throw .cutOff }
      let (start, further) = Self.distances[code]
      let distance = start + (try take(further))
      guard distance <= output.count else { throw .cutOff }
      for _ in 0..<length { try append(output[output.count - distance]) }
    }
  }

  private mutating func tables() throws(ArchiveDefect) -> (HuffmanTable, HuffmanTable) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw .cutOff }
    var codeLengths = Array(repeating: 0, count: 19)
    for index in 0..<codeCount { codeLengths[Self.codeOrder[index]] = try take(3) }
    let codes = try HuffmanTable(codeLengths)
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      let symbol = try symbol(codes)
      switch symbol {
      case 0..<16: lengths.append(symbol)
      case 16:
        guard let last = lengths.last else { throw .cutOff }
        lengths += Array(repeating: last, count: try take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try take(3) + 3)
      default: lengths += Array(repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else { throw .cutOff }
    return (
      try HuffmanTable(Array(lengths[..<literalCount])),
      try HuffmanTable(Array(lengths[literalCount...]))
    )
  }

  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private static let lengths: [(Int, Int)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1),
    (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4),
    (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
  ]

  private static let distances: [(Int, Int)] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4),
    (49, 4), (65, 5), (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8),
    (1025, 9), (1537, 9), (2049, 10), (3073, 10), (4097, 11), (6145, 11), (8193, 12), (12289, 12),
    (16385, 13), (24577, 13),
  ]
}
