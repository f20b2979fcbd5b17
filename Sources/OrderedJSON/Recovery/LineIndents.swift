/// Where the lines of a text start, and how far each is indented.
struct LineIndents {
  private var starts: [Int] = [0]
  private var indents: [Int] = []

  init(_ bytes: [UInt8]) {
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    indents = starts.map { start in
      var end = start
      while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
      return end - start
    }
  }

  /// The line of a byte, counted from 0.
  func line(of offset: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  func indent(ofLine line: Int) -> Int { indents[line] }

  /// Whether only blanks stand before a byte on its line.
  func startsLine(_ offset: Int) -> Bool {
    let line = line(of: offset)
    return offset == starts[line] + indents[line]
  }
}
