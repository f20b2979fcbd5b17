/// Objects: names, colons and values, each of which may be missing.
extension LooseReader {
  mutating func readObject(_ key: Range<Int>?) -> (JSON, JSONSource) {
    let start = open()
    var (members, sources): ([JSONObject.Member], [JSONSource]) = ([], [])
    var isFirst = true
    while continues(in: UInt8(ascii: "}"), isFirst: isFirst) {
      isFirst = false
      guard let name = readName() else { continue }
      path.append(name.text)
      if let (value, source) = readMemberValue(name.range) {
        members.append(JSONObject.Member(key: name.text, value: value))
        sources.append(source)
      }
      path.removeLast()
    }
    let (object, dropped) = JSONObject.collapsing(members)
    for position in dropped.reversed() {
      if let range = sources.remove(at: position).keyRange { replacedKeys.append(range) }
    }
    let range = close(from: start)
    return (.object(object), JSONSource(range: range, keyRange: key, children: sources))
  }

  /// The name of a member; without one, what stands there is passed over.
  private mutating func readName() -> (text: String, range: Range<Int>)? {
    let token = token
    switch token.kind {
    case .string(let text):
      index += 1
      if !token.isSure { markDamage() }
      return (text, token.range)
    case .scalar(let value) where !followsColon:
      unexpected("a member name in quotes")
      markDamage()
      index += 1
      return (value.text, token.range)
    default:
      unexpected("a member name in quotes")
      markDamage()
      skipUnnamed()
      return nil
    }
  }

  private var followsColon: Bool { index > 0 && tokens[index - 1].mark == UInt8(ascii: ":") }

  /// Passes over a colon, or a value without a name.
  private mutating func skipUnnamed() {
    guard !token.isCloser, !token.isEnd else { return }
    if token.mark == UInt8(ascii: ":") || token.isForeign { index += 1 }
    if token.mark == nil || token.isOpener, !token.isEnd { _ = readValue(key: nil) }
  }

  /// Colon and value; `nil` for a name that has neither.
  private mutating func readMemberValue(_ name: Range<Int>) -> (JSON, JSONSource)? {
    if token.mark == UInt8(ascii: "=") {
      unexpected("':'")
    } else if token.mark != UInt8(ascii: ":") {
      unexpected("':'")
      let isValue = token.isOpener || token.mark == nil && !token.isEnd && !isNextName
      markDamage()
      return isValue ? readValue(key: name) : nil
    }
    index += 1
    skipStray()
    let isValue = token.mark == nil && !token.isEnd || token.isOpener
    guard isValue, !isNextName || !lines.startsLine(token.range.lowerBound) else {
      if token.isEnd {
        markDamage()
        return nil
      }
      unexpected("a value")
      markDamage()
      return (.null, JSONSource(range: name, keyRange: name, children: []))
    }
    let read = readValue(key: name)
    // `"a": "b": 1`: the comma or the name in between is missing.
    if token.mark == UInt8(ascii: ":") {
      unexpected("',' or '}'")
      markDamage()
      skipUnnamed()
    }
    return read
  }

  /// Whether the token is a string with a colon behind it.
  var isNextName: Bool {
    guard case .string = token.kind, index + 1 < tokens.count else { return false }
    return tokens[index + 1].mark == UInt8(ascii: ":")
  }
}
