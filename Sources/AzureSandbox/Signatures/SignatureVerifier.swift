internal import Crypto
internal import HTTPMessages
internal import Timekeeping

/// Checks the access-key signature of requests.
///
/// Source: Azure Communication fact sheet, sections 1.2 and 8.2.
struct SignatureVerifier: Sendable {
  let digests: Digests
  let clockMargin: Duration
  let acceptsQuirks: Bool

  /// What the signature covers besides the method, the target and the host.
  private struct Stamp {
    let date: String
    let contentHash: String
  }

  /// Checks scheme, date, content hash and signature, in this order.
  ///
  /// - Parameters:
  ///   - request: With its headers as they came.
  ///   - keys: Any of these may have signed it; the most likely ones come first.
  ///   - now: What the date is compared with.
  /// - Returns: The key that signed it, and how.
  /// - Throws: 401 `Denied`.
  func verify(
    _ request: HTTPRequest,
    keys: some Sequence<[UInt8]>,
    at now: Timestamp
  ) throws(Problem) -> AcceptedSignature {
    let field = try signatureField(of: request)
    let stamp = Stamp(
      date: try date(of: request, field, now),
      contentHash: try contentHash(of: request)
    )
    for key in keys {
      if let accepted = accepted(field.signature, by: key, request, stamp) { return accepted }
    }
    throw wrongSignature(of: request, stamp)
  }

  private func accepted(
    _ signature: [UInt8],
    by key: [UInt8],
    _ request: HTTPRequest,
    _ stamp: Stamp
  ) -> AcceptedSignature? {
    func isSigned(_ target: String, _ host: String) -> Bool {
      let message = Array(stringToSign(request.method, target, host, stamp).utf8)
      return ConstantTime.areEqual(signature, digests.hmacSHA256(key, message))
    }
    if isSigned(request.target, request.authority) { return AcceptedSignature(key: key) }
    guard acceptsQuirks else { return nil }
    let quirk = SigningQuirk.all.first { isSigned($0.target(of: request), $0.host(of: request)) }
    return quirk.map { AcceptedSignature(key: key, quirk: $0) }
  }

  private func signatureField(of request: HTTPRequest) throws(Problem) -> SignatureField {
    guard let text = request.headers.first("Authorization") else {
      throw .denied(CredentialRefusal("the request has no Authorization header"))
    }
    guard text.hasPrefix(SignatureField.scheme) else {
      let scheme = text.prefix { $0 != " " }
      throw .denied(
        CredentialRefusal(
          scheme == "Bearer"
            ? "this service takes no user tokens"
            : "the scheme of the Authorization header must be 'HMAC-SHA256'"
        )
      )
    }
    do {
      return try SignatureField(text.dropFirst(SignatureField.scheme.count))
    } catch {
      // What came is not repeated: people paste keys into the wrong places.
      throw .denied(CredentialRefusal(error.reason))
    }
  }

  /// The date that was signed; `Date` does not count when `x-ms-date` is there.
  private func date(
    of request: HTTPRequest,
    _ field: SignatureField,
    _ now: Timestamp
  ) throws(Problem) -> String {
    let date = request.headers.first("x-ms-date") ?? request.headers.first(field.dateHeader)
    guard let date else {
      throw .denied(CredentialRefusal("the request has no '\(field.dateHeader)' header"))
    }
    guard let time = HTTPDate.timestamp(date) else {
      let reason = "the date is not of the form 'Fri, 20 Nov 2026 21:15:00 GMT'"
      throw .denied(CredentialRefusal(reason, received: date))
    }
    let distance = time > now ? time - now : now - time
    guard distance <= clockMargin else {
      let minutes = Int64(clockMargin.seconds) / 60
      let reason = "the date is \(Int64(distance.seconds)) s away from \(HTTPDate.text(now))"
      throw .denied(
        CredentialRefusal(reason, received: date),
        message: "The request time stamp is outside the allowed margin of \(minutes) minutes."
      )
    }
    return date
  }

  private func contentHash(of request: HTTPRequest) throws(Problem) -> String {
    guard let claimed = request.headers.first("x-ms-content-sha256") else {
      throw .denied(CredentialRefusal("the request has no 'x-ms-content-sha256' header"))
    }
    let actual = request.body.isEmpty ? Self.emptyHash : Base64.encode(digests.sha256(request.body))
    guard claimed == actual else {
      throw .denied(
        CredentialRefusal("the hash of the received body is \(actual)", received: claimed),
        message: "Request 'x-ms-content-sha256' differs from generated content hash."
      )
    }
    return claimed
  }

  private static let emptyHash = Base64.encode(SHA256.digest([]))

  // MARK: Signature

  private func stringToSign(
    _ method: String,
    _ target: String,
    _ host: String,
    _ stamp: Stamp
  ) -> String {
    "\(method)\n\(target)\n\(stamp.date);\(host);\(stamp.contentHash)"
  }

  private func wrongSignature(of request: HTTPRequest, _ stamp: Stamp) -> Problem {
    .denied(
      CredentialRefusal(
        "the signature is not that of the expected string under either access key",
        expected: stringToSign(request.method, request.target, request.authority, stamp),
        received: request.headers.first("Authorization")
      )
    )
  }
}
