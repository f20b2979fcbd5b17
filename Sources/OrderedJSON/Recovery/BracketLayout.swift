/// Finds by the indentation of lines which brackets are missing and which are too many.
///
/// A text whose brackets match is left as it is, however it is indented.
struct BracketLayout {
  /// How many brackets are to be closed before the token of an index.
  var missing: [Int: Int] = [:]
  /// The closing brackets that close nothing, by their index.
  private(set) var stray: Set<Int> = []

  private struct Open {
    var opener: UInt8
    var line: Int
    var indent: Int
  }

  private let tokens: [LooseToken]
  private let lines: LineIndents
  private var stack: [Open] = []
  /// How many closing brackets of each kind are still missing; below zero, how many are too many.
  private var balance: [UInt8: Int] = [:]

  init(_ tokens: [LooseToken], _ lines: LineIndents) {
    self.tokens = tokens
    self.lines = lines
    for token in tokens {
      guard let mark = token.mark else { continue }
      if token.isOpener { balance[LooseToken.closer(of: mark), default: 0] += 1 }
      if token.isCloser { balance[mark, default: 0] -= 1 }
    }
    guard balance.values.contains(where: { $0 != 0 }) else { return }
    for index in tokens.indices { visit(index) }
  }

  private mutating func visit(_ index: Int) {
    let token = tokens[index]
    if token.isOpener, let mark = token.mark {
      closeDeeper(before: index)
      let line = lines.line(of: token.range.lowerBound)
      stack.append(Open(opener: mark, line: line, indent: lines.indent(ofLine: line)))
    } else if token.isCloser, let mark = token.mark {
      close(mark, index)
    } else if token.mark == nil, !token.isEnd {
      closeDeeper(before: index)
      // A name in a list belongs to the object around it.
      if tokens[index + 1].mark == UInt8(ascii: ":"), let top = stack.last,
        top.opener == UInt8(ascii: "["), isMissing(top.opener)
      {
        insertCloser(before: index)
      }
    }
  }

  /// A line that is indented no deeper than the line of an open bracket is not inside of it.
  private mutating func closeDeeper(before index: Int) {
    let start = tokens[index].range.lowerBound
    guard lines.startsLine(start) else { return }
    let line = lines.line(of: start)
    while stack.count > 1, let top = stack.last, top.line < line,
      lines.indent(ofLine: line) <= top.indent, isMissing(top.opener)
    {
      insertCloser(before: index)
    }
  }

  private mutating func close(_ mark: UInt8, _ index: Int) {
    let start = tokens[index].range.lowerBound
    let line = lines.line(of: start)
    if lines.startsLine(start) {
      let indent = lines.indent(ofLine: line)
      while stack.count > 1, let top = stack.last, top.line < line, indent < top.indent,
        isMissing(top.opener), stack.contains(where: { $0.indent == indent })
      {
        insertCloser(before: index)
      }
    }
    if isStray(mark, index, line) {
      stray.insert(index)
      balance[mark, default: 0] += 1
      return
    }
    // `{"a": [1}`: the inner one was forgotten, unless there are as many of both.
    if let top = stack.last, LooseToken.closer(of: top.opener) != mark, isMissing(top.opener),
      balance[mark, default: 0] >= 0, stack.count > 1
    {
      insertCloser(before: index)
    }
    _ = stack.popLast()
  }

  /// Whether a bracket of a kind of which there are too many rather is the one: it stands deeper than
  /// the line that it would close, not on a line of its own, or within brackets of the other kind.
  private func isStray(_ mark: UInt8, _ index: Int, _ line: Int) -> Bool {
    guard balance[mark, default: 0] < 0, let top = stack.last else { return false }
    if LooseToken.closer(of: top.opener) != mark { return !isMissing(top.opener) }
    guard top.line < line else { return false }
    return lines.indent(ofLine: line) > top.indent
      || !lines.startsLine(tokens[index].range.lowerBound)
  }

  private func isMissing(_ opener: UInt8) -> Bool {
    balance[LooseToken.closer(of: opener), default: 0] > 0
  }

  private mutating func insertCloser(before index: Int) {
    guard let top = stack.popLast() else { return }
    missing[index, default: 0] += 1
    balance[LooseToken.closer(of: top.opener), default: 0] -= 1
  }
}
