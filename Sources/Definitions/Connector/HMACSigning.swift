/// A signature over parts of a request, as many services define it for themselves.
///
/// Source: definitions/README.md.
package struct HMACSigning: Hashable, Sendable {
  package enum Encoding: String, Hashable, Sendable, CaseIterable {
    case base64
    case hex
    /// For keys only: the characters themselves.
    case text

    /// What a signature may be written in.
    package static let ofSignatures: [Encoding] = [.base64, .hex]
  }

  package enum DateFormat: String, Hashable, Sendable, CaseIterable {
    case http
    case iso8601
    case unix
    case unixMilliseconds = "unix-ms"
  }

  /// One thing that the signature covers.
  package enum Part: Hashable, Sendable {
    case method, target, path, query, host, date, body, bodyHash, keyID
    /// The value of a header.
    case header(String)
    /// `name:value`, the name in lower case.
    case headerLine(String)
    case text(String)

    private static let plain: [String: Part] = [
      "method": .method, "target": .target, "path": .path, "query": .query, "host": .host,
      "date": .date, "body": .body, "bodyHash": .bodyHash, "keyId": .keyID,
    ]

    /// Reads `method`, `header:x-date`, `headerLine:host`, `text:v1`, and so on.
    package init?(_ word: String) {
      if let part = Self.plain[word] {
        self = part
        return
      }
      guard let colon = word.firstIndex(of: ":") else { return nil }
      let value = String(word[word.index(after: colon)...])
      switch word[..<colon] {
      case "header": self = .header(value)
      case "headerLine": self = .headerLine(value)
      case "text": self = .text(value)
      default: return nil
      }
    }
  }

  /// The connection parameter with the key, and the one with its public name.
  package var key: String
  package var keyEncoding = Encoding.text
  package var keyID: String?
  package var parts: [Part] = [.method, .target, .date, .host, .bodyHash]
  package var separator = "\n"
  package var encoding = Encoding.base64
  /// The header with the time of the request; `nil` sends none.
  package var dateHeader: String?
  package var dateFormat = DateFormat.http
  /// The header with the SHA-256 of the body; `nil` sends none.
  package var hashHeader: String?
  /// The header with the signature, and its value with `{signature}`, `{keyId}` and `{date}`.
  package var header = "Authorization"
  package var value = "{signature}"

  package init(key: String) { self.key = key }
}
