/// Which symbol each code of a block stands for.
///
/// Source: RFC 1951 section 3.2.2.
struct HuffmanTable {
  static let longest = 15

  /// How many codes have each length.
  let counts: [Int]
  /// Symbols in the order of their codes.
  let symbols: [Int]

  /// - Throws: `ArchiveDefect` when there are more codes than fit.
  init(_ lengths: [Int]) throws(ArchiveDefect) {
    var counts = Array(repeating: 0, count: Self.longest + 1)
    for length in lengths { counts[length] += 1 }
    counts[0] = 0
    var room = 1
    for length in 1...Self.longest {
      room = room << 1 - counts[length]
      guard room >= 0 else { throw .cutOff }
    }
    var offsets = [0, 0]
    for length in 1..<Self.longest { offsets.append(offsets[length] + counts[length]) }
    var symbols = Array(repeating: 0, count: lengths.count)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      symbols[offsets[length]] = symbol
      offsets[length] += 1
    }
    self.counts = counts
    self.symbols = symbols
  }

  private init(fixed lengths: [Int]) {
    self = (try? HuffmanTable(lengths)) ?? HuffmanTable()
  }

  private init() {
    counts = Array(repeating: 0, count: Self.longest + 1)
    symbols = []
  }

  /// Source: RFC 1951 section 3.2.6.
  static let fixedLiterals = HuffmanTable(
    fixed: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
  )

  static let fixedDistances = HuffmanTable(fixed: Array(repeating: 5, count: 30))
}
