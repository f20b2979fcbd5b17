/// Builds values from loose tokens.
struct LooseReader {
  let tokens: [LooseToken]
  let lines: LineIndents
  let limits: JSONLimits
  var layout: BracketLayout
  var errors: [JSONParseError] = []
  var damage: [JSONPointer] = []
  var replacedKeys: [Range<Int>] = []

  var index = 0
  var path: [String] = []
  /// Where open containers start, the innermost last.
  var opened: [Int] = []
  /// A line whose structure is told to be wrong; what else is odd on it has the same cause.
  private var badLine = -1
  private var isOver = false
  /// The token before which a bracket is missing, the last time that one was.
  private var closedAt = -1

  init(tokens: [LooseToken], lines: LineIndents, limits: JSONLimits) {
    self.tokens = tokens
    self.lines = lines
    self.limits = limits
    layout = BracketLayout(tokens, lines)
  }

  /// `nil` when there is no value at all.
  mutating func readDocument() -> JSONDocument? {
    guard !token.isEnd, token.mark == nil || token.isOpener else {
      unexpected("a value")
      markDamage()
      return nil
    }
    let (value, source) = readValue(key: nil)
    if !token.isEnd, !isOver {
      report(.trailingText, at: token.range.lowerBound)
      if tokens[index...].contains(where: { $0.mark == nil && !$0.isEnd }) { markDamage() }
    }
    return JSONDocument(value: value, source: source, replacedKeys: replacedKeys)
  }

  // MARK: Values

  mutating func readValue(key: Range<Int>?) -> (JSON, JSONSource) {
    let token = token
    switch token.kind {
    case .string(let text): return leaf(.string(text), token, key)
    case .scalar(let value): return leaf(value, token, key)
    case .mark(UInt8(ascii: "{")): return readObject(key)
    case .mark(UInt8(ascii: "[")): return readArray(key)
    case .mark, .end:
      // The caller looks before it asks for a value.
      markDamage()
      if token.isForeign { index += 1 }
      return (.null, JSONSource(range: token.range, keyRange: key, children: []))
    }
  }

  private mutating func leaf(_ value: JSON, _ token: LooseToken, _ key: Range<Int>?)
    -> (JSON, JSONSource)
  {
    if !token.isSure { markDamage() }
    index += 1
    return (value, JSONSource(range: token.range, keyRange: key, children: []))
  }

  private mutating func readArray(_ key: Range<Int>?) -> (JSON, JSONSource) {
    let start = open()
    var (elements, sources): ([JSON], [JSONSource]) = ([], [])
    while continues(in: UInt8(ascii: "]"), isFirst: elements.isEmpty) {
      guard !token.isCloser else { break }
      path.append(String(elements.count))
      if token.mark == UInt8(ascii: ":") {
        unexpected("',' or ']'")
        markDamage()
        index += 1
      }
      let (value, source) = readValue(key: nil)
      path.removeLast()
      elements.append(value)
      sources.append(source)
    }
    let range = close(from: start)
    return (.array(elements), JSONSource(range: range, keyRange: key, children: sources))
  }

  mutating func open() -> Int {
    let start = token.range.lowerBound
    opened.append(start)
    index += 1
    if opened.count > limits.depth {
      report(.tooDeep(limit: limits.depth), at: start)
      markDamage()
      (isOver, index) = (true, tokens.count - 1)
    }
    return start
  }

  mutating func close(from start: Int) -> Range<Int> {
    opened.removeLast()
    return start..<max(start + 1, tokens[max(0, index - 1)].range.upperBound)
  }

  /// Moves to the next element or member; `false` once the container is closed.
  mutating func continues(in closer: UInt8, isFirst: Bool) -> Bool {
    skipStray()
    if closesHere(closer) { return false }
    if token.mark == UInt8(ascii: ";") {
      unexpected("',' or '\(spelled(closer))'")
      index += 1
      return continues(in: closer, isFirst: true)
    }
    guard token.mark == UInt8(ascii: ",") else {
      if !isFirst, !tokens[index - 1].isComma { missingComma(closer) }
      return true
    }
    let comma = index
    index += 1
    if isFirst || token.mark == UInt8(ascii: ",") {
      let wanted = closer == UInt8(ascii: "}") ? "a member name in quotes" : "a value"
      unexpected(wanted, at: isFirst ? comma : index)
      return continues(in: closer, isFirst: true)
    }
    if token.isCloser, layout.missing[index] == nil, !layout.stray.contains(index) {
      report(.trailingComma(before: spelled(closer)), at: tokens[comma].range.lowerBound)
    }
    return continues(in: closer, isFirst: true)
  }

  /// Passes over brackets that close nothing.
  mutating func skipStray() {
    while layout.stray.contains(index) {
      // On a line with another defect it is a part of that.
      if !isTold(onLineOf: token.range.lowerBound) {
        report(.strayBracket(spelled(token.mark ?? 0)), at: token.range.lowerBound)
      }
      index += 1
    }
  }

  /// Whether the container ends: at its bracket, at one that is missing, or with the text.
  private mutating func closesHere(_ closer: UInt8) -> Bool {
    if token.isEnd {
      let start = opened.last ?? 0
      if !isOver, !tokens[index - 1].isKnownBad, !isTold(onLineOf: start) {
        let expected = "',' or '\(spelled(closer))'"
        report(.unexpectedEnd(expected: expected), at: token.range.lowerBound)
      }
      if !isOver { markDamage() }
      isOver = true
      return true
    }
    if let count = layout.missing[index] {
      layout.missing[index] = count > 1 ? count - 1 : nil
      let start = opened.last ?? 0
      closedAt = index
      if !isTold(onLineOf: start) {
        let line = lines.line(of: start) + 1
        report(.missingBracket(spelled(closer), openedOn: line), at: token.range.lowerBound)
      }
      return true
    }
    guard token.isCloser else { return false }
    if token.mark != closer { unexpected("',' or '\(spelled(closer))'") }
    index += 1
    return true
  }

  /// Whether something was said of this line already.
  private func isTold(onLineOf offset: Int) -> Bool {
    let line = lines.line(of: offset)
    return errors.contains { lines.line(of: $0.offset) == line }
  }

  private mutating func missingComma(_ closer: UInt8) {
    // After a bracket that is missing so is its comma.
    if closedAt == index { return }
    let expected = "',' or '\(spelled(closer))'"
    guard isNextName, closer == UInt8(ascii: "}"), !token.isKnownBad,
      !tokens[index - 1].isKnownBad
    else {
      unexpected(expected)
      return
    }
    report(.unexpected(found: found(token), expected: expected), at: token.range.lowerBound)
  }

  // MARK: Telling

  var token: LooseToken { tokens[min(index, tokens.count - 1)] }

  mutating func markDamage() { damage.append(JSONPointer(path)) }

  mutating func report(_ reason: JSONParseError.Reason, at offset: Int) {
    errors.append(JSONParseError(reason, at: offset))
  }

  /// Tells of a token that cannot stand where it does, once for each line.
  mutating func unexpected(_ expected: String, at place: Int? = nil) {
    let token = tokens[place ?? index]
    let line = lines.line(of: token.range.lowerBound)
    let follows = place ?? index > 0 && tokens[(place ?? index) - 1].isKnownBad
    guard line != badLine, !token.isKnownBad, !follows else {
      markDamage()
      return
    }
    badLine = line
    report(.unexpected(found: found(token), expected: expected), at: token.range.lowerBound)
  }

  private func found(_ token: LooseToken) -> String {
    switch token.kind {
    case .mark(let byte): "'\(spelled(byte))'"
    case .string: "'\"'"
    case .scalar(let value): "'\(value.text.prefix(1))'"
    case .end: "the end"
    }
  }

  func spelled(_ byte: UInt8) -> String { String(Unicode.Scalar(byte)) }
}

extension LooseToken {
  fileprivate var isComma: Bool { mark == UInt8(ascii: ",") }
}
