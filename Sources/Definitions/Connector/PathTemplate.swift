/// A path with `{name}` variables, which may be part of a segment: `/tasks('{id}')`.
///
/// Source: connector format reference, section (b), address.
package struct PathTemplate: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case literal(String)
    case variable(String)
  }

  package let text: String
  package let parts: [Part]

  package init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
      parts.append(.variable(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    self.parts = parts
  }

  package var variables: [String] {
    parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  /// How much of the template is fixed; of two templates that match, the longer one is meant.
  package var literalLength: Int {
    parts.reduce(0) { sum, part in
      if case .literal(let text) = part { sum + text.utf8.count } else { sum }
    }
  }

  /// The encoded values of the variables in a path; `nil` when the path has another shape.
  ///
  /// A variable takes at least one byte and no slash; literals compare without regard to case.
  package func match(_ path: some StringProtocol) -> [(name: String, value: String)]? {
    var values: [(name: String, value: String)] = []
    let bytes = Array(path.utf8)
    var budget = 20_000
    guard match(parts[...], bytes[...], &values, &budget) else { return nil }
    return values.reversed()
  }

  private func match(
    _ parts: ArraySlice<Part>,
    _ bytes: ArraySlice<UInt8>,
    _ values: inout [(name: String, value: String)],
    _ budget: inout Int
  ) -> Bool {
    // Several variables in one segment can be split in very many ways.
    budget -= 1
    guard budget > 0 else { return false }
    guard let part = parts.first else { return bytes.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .literal(let text):
      guard Self.starts(bytes, with: text) else { return false }
      return match(rest, bytes.dropFirst(text.utf8.count), &values, &budget)
    case .variable(let name):
      var length = bytes.prefix { $0 != UInt8(ascii: "/") }.count
      while length > 0 {
        if match(rest, bytes.dropFirst(length), &values, &budget) {
          values.append((name, String(decoding: bytes.prefix(length), as: UTF8.self)))
          return true
        }
        length -= 1
      }
      return false
    }
  }

  private static func starts(_ bytes: ArraySlice<UInt8>, with text: String) -> Bool {
    var index = bytes.startIndex
    for byte in text.utf8 {
      guard index < bytes.endIndex, lowered(bytes[index]) == lowered(byte) else { return false }
      index += 1
    }
    return true
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}
