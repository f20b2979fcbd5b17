/// A path to a value inside a document.
///
/// Source: RFC 6901.
package struct JSONPointer: Hashable, Sendable {
  package var tokens: [String]

  package init(_ tokens: [String] = []) { self.tokens = tokens }

  /// Reads `/a/b~1c/0`; `nil` when the text is neither empty nor starts with a slash.
  package init?(text: String) {
    guard !text.isEmpty else {
      self.init()
      return
    }
    guard text.utf8.first == Self.slash else { return nil }
    let parts = text.utf8.dropFirst().split(
      separator: Self.slash,
      omittingEmptySubsequences: false
    )
    self.init(parts.map { Self.unescaped(Substring($0)) })
  }

  /// The pointer one level deeper.
  package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// The pointer one level deeper, to an array element.
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  // By bytes: to Swift a slash with an accent on it is another character.

  private static func unescaped(_ token: Substring) -> String {
    guard token.utf8.contains(tilde) else { return String(token) }
    var bytes: [UInt8] = []
    var rest = token.utf8[...]
    while let byte = rest.popFirst() {
      let isEscape = byte == tilde && (rest.first == zero || rest.first == one)
      guard isEscape, let kind = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      bytes.append(kind == zero ? tilde : slash)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate static func escaped(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == tilde || $0 == slash }) else { return token }
    let bytes = token.utf8.flatMap { byte in
      byte == tilde || byte == slash ? [tilde, byte == tilde ? zero : one] : [byte]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let tilde = UInt8(ascii: "~")
  private static let slash = UInt8(ascii: "/")
  private static let zero = UInt8(ascii: "0")
  private static let one = UInt8(ascii: "1")
}

extension JSONPointer: CustomStringConvertible {
  package var description: String {
    tokens.map { "/" + Self.escaped($0) }.joined()
  }
}

extension JSON {
  /// The value that the pointer leads to; `nil` when there is none.
  package func value(at pointer: JSONPointer) -> JSON? {
    var current = self
    for token in pointer.tokens {
      switch current {
      case .object(let object):
        guard let next = object[token] else { return nil }
        current = next
      case .array(let array):
        guard let index = Int(token), array.indices.contains(index) else { return nil }
        current = array[index]
      default: return nil
      }
    }
    return current
  }
}
