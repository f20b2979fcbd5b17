package import HTTPMessages
package import Timekeeping

/// Signs requests with AWS Signature Version 4.
///
/// Source: AWS, "Create a signed AWS API request" (IAM User Guide).
package struct AWSSigner: Sendable {
  package var accessKeyID: String
  package var secretKey: String
  package var region: String
  /// Such as `s3` or `execute-api`.
  package var service: String
  package var sessionToken: String?

  package init(
    accessKeyID: String,
    secretKey: String,
    region: String,
    service: String,
    sessionToken: String? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.secretKey = secretKey
    self.region = region
    self.service = service
    self.sessionToken = sessionToken
  }

  /// The request with its date and signature; those of an earlier attempt go.
  package func sign(_ request: HTTPRequest, at date: Timestamp, with digests: Digests)
    -> HTTPRequest
  {
    let stamp = Self.stamp(date)
    let payloadHash = Hexadecimal.text(digests.sha256(request.body))
    var signed = request
    signed.headers["X-Amz-Date"] = stamp
    if service == "s3" { signed.headers["X-Amz-Content-Sha256"] = payloadHash }
    if let sessionToken { signed.headers["X-Amz-Security-Token"] = sessionToken }
    let fields = signedFields(of: signed)
    let names = fields.map(\.name).joined(separator: ";")
    let canonical = canonicalRequest(signed, fields, names, payloadHash)
    let scope = "\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
    let hash = Hexadecimal.text(digests.sha256(Array(canonical.utf8)))
    let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(hash)"
    let key = signingKey(day: String(stamp.prefix(8)), digests)
    let signature = Hexadecimal.text(digests.hmacSHA256(key, Array(text.utf8)))
    signed.headers["Authorization"] =
      "AWS4-HMAC-SHA256 Credential=\(accessKeyID)/\(scope), "
      + "SignedHeaders=\(names), Signature=\(signature)"
    return signed
  }

  private func signingKey(day: String, _ digests: Digests) -> [UInt8] {
    [day, region, service, "aws4_request"].reduce(Array("AWS4\(secretKey)".utf8)) { key, part in
      digests.hmacSHA256(key, Array(part.utf8))
    }
  }

  /// Host, content type and everything of AWS, in lower case and sorted.
  private func signedFields(of request: HTTPRequest) -> [(name: String, value: String)] {
    var fields = [(name: "host", value: request.authority)]
    for field in request.headers.fields {
      let name = field.name.lowercased()
      guard name == "content-type" || name.hasPrefix("x-amz-") else { continue }
      fields.append((name, MediaType.trimmed(field.value)))
    }
    return fields.sorted { $0.name < $1.name }
  }

  private func canonicalRequest(
    _ request: HTTPRequest,
    _ fields: [(name: String, value: String)],
    _ names: String,
    _ payloadHash: String
  ) -> String {
    let lines = fields.map { "\($0.name):\($0.value)\n" }.joined()
    return
      "\(request.method)\n\(canonicalPath(request.path))\n\(Self.canonicalQuery(request.query))\n"
      + "\(lines)\n\(names)\n\(payloadHash)"
  }

  /// Every service but S3 signs the path encoded once more.
  private func canonicalPath(_ path: String) -> String {
    guard service != "s3" else { return path }
    return path.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
  }

  private static func canonicalQuery(_ query: String) -> String {
    QueryItem.parse(query)
      .map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
      .sorted { $0 < $1 }
      .map { "\($0)=\($1)" }
      .joined(separator: "&")
  }

  /// `20150830T123600Z`.
  private static func stamp(_ date: Timestamp) -> String {
    let text = date.description.utf8
    let kept = text.prefix { $0 != UInt8(ascii: ".") }
      .filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
    return String(decoding: kept, as: UTF8.self) + "Z"
  }
}
