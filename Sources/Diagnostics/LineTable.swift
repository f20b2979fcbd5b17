/// Where the lines of a text start.
package struct LineTable: Sendable {
  private let starts: [Int]

  package init(_ bytes: [UInt8]) {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    self.starts = starts
  }

  package var count: Int { starts.count }

  /// The first byte of a line; lines are counted from 0.
  package func start(ofLine line: Int) -> Int { starts[line] }

  /// The line of a byte.
  package func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Where a line of the text ends, without its line end.
  package func end(ofLine line: Int, in bytes: [UInt8]) -> Int {
    var end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
    if end > starts[line], bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }
}
