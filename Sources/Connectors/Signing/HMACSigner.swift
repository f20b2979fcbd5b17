package import Definitions
package import HTTPMessages
package import Timekeeping

/// Signs the parts of a request that `runtime.json` names with HMAC-SHA-256.
///
/// Source: definitions/README.md.
package struct HMACSigner: Sendable {
  package var signing: HMACSigning
  package var key: [UInt8]
  package var keyID: String

  package init(signing: HMACSigning, key: [UInt8], keyID: String = "") {
    self.signing = signing
    self.key = key
    self.keyID = keyID
  }

  /// The request with its date, content hash and signature; those of an earlier attempt go.
  package func sign(_ request: HTTPRequest, at date: Timestamp, with digests: Digests)
    -> HTTPRequest
  {
    let dateText = text(of: date)
    let hash = encoded(digests.sha256(request.body))
    var signed = request
    if let header = signing.dateHeader { signed.headers[header] = dateText }
    if let header = signing.hashHeader { signed.headers[header] = hash }
    let message = signing.parts.map { bytes(of: $0, signed, dateText, hash) }
      .joined(separator: Array(signing.separator.utf8))
    let signature = encoded(digests.hmacSHA256(key, Array(message)))
    signed.headers[signing.header] = value(signature, dateText)
    return signed
  }

  private func bytes(
    of part: HMACSigning.Part,
    _ request: HTTPRequest,
    _ date: String,
    _ hash: String
  ) -> [UInt8] {
    switch part {
    case .method: Array(request.method.utf8)
    case .target: Array(request.target.utf8)
    case .path: Array(request.path.utf8)
    case .query: Array(request.query.utf8)
    case .host: Array(request.authority.utf8)
    case .date: Array(date.utf8)
    case .body: request.body
    case .bodyHash: Array(hash.utf8)
    case .keyID: Array(keyID.utf8)
    case .header(let name): Array(header(name, request).utf8)
    case .headerLine(let name): Array("\(name.lowercased()):\(header(name, request))".utf8)
    case .text(let text): Array(text.utf8)
    }
  }

  private func header(_ name: String, _ request: HTTPRequest) -> String {
    name.isSameFieldName(as: "Host") ? request.authority : request.headers[name] ?? ""
  }

  private func text(of date: Timestamp) -> String {
    switch signing.dateFormat {
    case .http: HTTPDate.text(date)
    case .iso8601: "\(date.description.prefix { $0 != "." && $0 != "Z" })Z"
    case .unix: String((date - Timestamp(seconds: 0)).components.seconds)
    case .unixMilliseconds:
      String(Int64((date - Timestamp(seconds: 0)) / .milliseconds(1)))
    }
  }

  private func encoded(_ bytes: [UInt8]) -> String {
    signing.encoding == .hex ? Hexadecimal.text(bytes) : Base64.encode(bytes)
  }

  private func value(_ signature: String, _ date: String) -> String {
    let values = ["signature": signature, "keyId": keyID, "date": date]
    var text = ""
    for part in PathTemplate(signing.value).parts {
      switch part {
      case .literal(let literal): text += literal
      case .variable(let name): text += values[name] ?? "{\(name)}"
      }
    }
    return text
  }
}
