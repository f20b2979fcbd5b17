package import Diagnostics
package import HTTPMessages
internal import Definitions
internal import OrderedJSON
package import Timekeeping

/// An application registered in a directory of Microsoft Entra ID, asking for tokens of its own.
///
/// Source: Azure Communication fact sheet, section 1.3.
package struct EntraClient: Hashable, Sendable {
  /// How the application proves who it is.
  package enum Proof: Hashable, Sendable {
    case secret(String)
    /// A signed statement: made with the application's certificate, or a federated token.
    case assertion(String)
  }

  package static let publicAuthority = "https://login.microsoftonline.com"

  /// Address of the identity provider, without the tenant.
  package var authority: String
  package var tenant: String
  package var clientID: String
  /// Such as `https://communication.azure.com/.default`.
  package var scope: String

  package init(authority: String?, tenant: String, clientID: String, scope: String) {
    var address = authority.flatMap { $0.isEmpty ? nil : $0 } ?? Self.publicAuthority
    while address.hasSuffix("/") { address.removeLast() }
    self.authority = address.contains("://") ? address : "https://\(address)"
    self.tenant = tenant
    self.clientID = clientID
    self.scope = scope
  }

  package var tokenURL: String {
    "\(authority)/\(ComponentEncoding.encode(tenant))/oauth2/v2.0/token"
  }

  /// The request for a token.
  ///
  /// - Throws: K0006 when the authority is neither https nor on this machine.
  package func request(_ proof: Proof) throws(Diagnostic) -> HTTPRequest {
    var fields = [
      ("grant_type", "client_credentials"), ("client_id", clientID), ("scope", scope),
    ]
    switch proof {
    case .secret(let secret): fields.append(("client_secret", secret))
    case .assertion(let assertion):
      fields.append(
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
      )
      fields.append(("client_assertion", assertion))
    }
    let body = fields.map { "\($0)=\(ComponentEncoding.encodeForm($1))" }.joined(separator: "&")
    let headers: HTTPFields = [
      "Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json",
    ]
    guard
      let request = HTTPRequest(
        method: "POST",
        url: tokenURL,
        headers: headers,
        body: Array(body.utf8)
      ), TokenAddress.isSafe(request)
    else { throw TokenAddress.unsafe("the authority '\(authority)'") }
    return request
  }

  /// What the application states about itself, to be signed with its certificate.
  ///
  /// - Parameters:
  ///   - id: A new identifier, so that no statement is used twice.
  ///   - now: Its validity begins here and lasts ten minutes.
  /// - Returns: JSON in UTF-8.
  package func assertionClaims(id: String, now: Timestamp) -> [UInt8] {
    let seconds = now.ticks / Timestamp.ticksPerSecond
    let claims: JSON = [
      "aud": .string(tokenURL), "iss": .string(clientID), "sub": .string(clientID),
      "jti": .string(id), "nbf": .integer(seconds), "iat": .integer(seconds),
      "exp": .integer(seconds + 600),
    ]
    return claims.bytes
  }
}
