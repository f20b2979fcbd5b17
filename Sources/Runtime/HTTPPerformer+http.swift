import Definitions
import Connectors
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Http actions.
extension HTTPPerformer {
  func http(_ request: ActionRequest) async throws(Diagnostic) -> AttemptResult.Outcome {
    let built = try HTTPActionRequest.request(from: request.inputs)
    let order = try tokenOrder(request.inputs["authentication"])
    let limits = try limits(request.inputs)
    var first = poll(PreparedRequest(request: built), at: request.pollLocation).request
    first.headers.setTraceparent(request.traceparent)
    // What a service asks to poll at another host gets no token.
    let takesToken = CredentialScope.isSame(first, built)
    if let order, takesToken { try await authorize(&first, order, rejected: nil) }
    let inPieces = request.action.isChunked && request.pollLocation == nil
    var answer = try await transfer(first, inPieces: inPieces, limits)
    if let order, takesToken, case .success(let response) = answer, response.status == 401 {
      let rejected = first.headers["Authorization"].map { String($0.dropFirst(7)) }
      try await authorize(&first, order, rejected: rejected)
      answer = try await transfer(first, inPieces: inPieces, limits)
    }
    switch answer {
    case .success(let response):
      let origin = Origin(run: request.run, pollLocation: request.pollLocation)
      return self.response(response, to: first, origin, ResponseDecoder(), secrets: [])
    case .failure(let failure): return outcome(of: failure)
    }
  }

  /// The bounds of the exchange, and the certificate that shows who asks.
  private func limits(_ inputs: JSON) throws(Diagnostic) -> TransferLimits {
    var limits = TransferLimits.standard
    if let certificate = try HTTPActionAuthentication.certificate(in: inputs) {
      limits.clientCertificate = ClientCertificate(
        pkcs12: certificate.pkcs12,
        password: certificate.password
      )
    }
    return limits
  }

  /// The token that an action's `authentication` asks for; kept in memory only.
  private func tokenOrder(_ authentication: JSON?) throws(Diagnostic) -> TokenOrder? {
    let credential = try HTTPActionAuthentication.credential(
      authentication,
      setting: environment.setting
    )
    guard let credential else { return nil }
    let text = "\(authentication?.text ?? "")\n\(environment.setting("AZURE_AUTHORITY_HOST") ?? "")"
    let fingerprint = Fingerprint.text(text, environment.digests)
    return TokenOrder(
      key: "http/\(fingerprint)",
      fingerprint: fingerprint,
      isStored: false,
      credential: credential
    )
  }

  private func authorize(_ request: inout HTTPRequest, _ order: TokenOrder, rejected: String?)
    async throws(Diagnostic)
  {
    let token = try await connections.tokens.token(for: order, rejected: rejected)
    request.headers["Authorization"] = "Bearer \(token)"
  }

  /// Sends and follows redirects where that is safe.
  func follow(_ request: HTTPRequest, _ limits: TransferLimits)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    var request = request
    var limits = limits
    var count = 0
    while true {
      let response: HTTPResponse
      do throws(TransportFailure) {
        response = try await environment.transport.send(request, limits: limits)
      } catch {
        return .failure(error)
      }
      guard let next = try RedirectRule.next(after: request, response, count: count) else {
        return .success(response)
      }
      request = next.request
      // A certificate is a credential, and goes where credentials go.
      if !next.keepsCredentials { limits.clientCertificate = nil }
      count += 1
    }
  }
}
