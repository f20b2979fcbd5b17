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
    guard text.utf8.first == UInt8(ascii: "/") else { return nil }
    let parts = text.utf8.dropFirst().split(
      separator: UInt8(ascii: "/"),
      omittingEmptySubsequences: false
    )
    self.init(parts.map { Self.unescaped(Substring($0)) })
  }

  /// The pointer one level deeper.
  package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  /// The pointer one level deeper, to an array element.
  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  private static func unescaped(_ token: Substring) -> String {
    guard token.utf8.contains(UInt8(ascii: "~")) else { return String(token) }
    return token.split(separator: "~1", omittingEmptySubsequences: false)
      .map { $0.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~") }
      .joined(separator: "/")
  }
}

extension JSONPointer: CustomStringConvertible {
  package var description: String {
    tokens.map { token in
      "/"
        + token.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
        .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }.joined()
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
