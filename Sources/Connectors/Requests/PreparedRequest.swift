package import HTTPMessages
package import Timekeeping

/// A request that is complete but for what each attempt adds.
package struct PreparedRequest: Sendable {
  package var request: HTTPRequest
  /// `nil` when nothing is to be signed.
  package var signer: RequestSigner?

  package init(request: HTTPRequest, signer: RequestSigner? = nil) {
    self.request = request
    self.signer = signer
  }

  /// The request as one attempt sends it: with this attempt's date and signature.
  package func signed(at date: Timestamp, with digests: Digests) -> HTTPRequest {
    signer?.sign(request, at: date, with: digests) ?? request
  }
}
