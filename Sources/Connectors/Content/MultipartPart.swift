package import HTTPMessages

/// One part of a multipart message.
///
/// Source: RFC 2046 section 5.1; RFC 7578.
package struct MultipartPart: Hashable, Sendable {
  package var headers: HTTPFields
  package var body: [UInt8]

  package init(headers: HTTPFields, body: [UInt8]) {
    self.headers = headers
    self.body = body
  }

  /// A part of a form; `fileName` makes it a file.
  package init(name: String, fileName: String? = nil, contentType: String? = nil, body: [UInt8]) {
    var disposition = "form-data; name=\"\(Self.escaped(name))\""
    if let fileName { disposition += "; filename=\"\(Self.escaped(fileName))\"" }
    headers = ["Content-Disposition": disposition]
    if let contentType { headers["Content-Type"] = contentType }
    self.body = body
  }

  /// Quotes and line ends, percent-encoded as browsers do.
  ///
  /// Source: WHATWG HTML, multipart/form-data encoding algorithm.
  private static func escaped(_ name: String) -> String {
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\"": text += "%22"
      case "\r": text += "%0D"
      case "\n": text += "%0A"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
