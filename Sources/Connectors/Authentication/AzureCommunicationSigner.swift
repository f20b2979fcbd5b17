package import Definitions
package import HTTPMessages
package import Timekeeping

/// Signs requests to Azure Communication Services.
///
/// Source: Azure Communication fact sheet, section 1.2.
package struct AzureCommunicationSigner: Sendable {
  package var accessKey: [UInt8]
  package var dateHeader: RequestSigning.DateHeader

  package init(accessKey: [UInt8], dateHeader: RequestSigning.DateHeader = .xMsDate) {
    self.accessKey = accessKey
    self.dateHeader = dateHeader
  }

  /// The request with its date, content hash and signature; those of an earlier attempt go.
  package func sign(_ request: HTTPRequest, at date: Timestamp, with digests: Digests)
    -> HTTPRequest
  {
    let dateText = HTTPDate.text(date)
    let hash = Base64.encode(digests.sha256(request.body))
    let message = Self.stringToSign(request, date: dateText, contentHash: hash)
    let signature = Base64.encode(digests.hmacSHA256(accessKey, Array(message.utf8)))
    var signed = request
    signed.headers[dateHeader.rawValue] = dateText
    signed.headers["x-ms-content-sha256"] = hash
    signed.headers["Authorization"] = String(
      joining: "HMAC-SHA256 SignedHeaders=",
      dateHeader.rawValue,
      ";host;x-ms-content-sha256&Signature=",
      signature
    )
    return signed
  }

  /// What the signature covers: method, target, date, host and content hash.
  package static func stringToSign(_ request: HTTPRequest, date: String, contentHash: String)
    -> String
  {
    String(
      joining: request.method.uppercased(),
      "\n",
      request.target,
      "\n",
      date,
      ";",
      request.authority,
      ";",
      contentHash
    )
  }
}
