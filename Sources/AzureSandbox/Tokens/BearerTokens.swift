internal import Crypto
internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Synchronization
internal import Timekeeping

/// Makes and checks the tokens with which applications call services.
///
/// Source: Azure Communication fact sheet, sections 1.3 and 8.3.
final class BearerTokens: Sendable {
  static let scheme = "Bearer "

  private let tenant: SandboxTenant
  private let configuration: SandboxConfiguration
  private let entropy: any Entropy
  private let keyEntropy: any Entropy
  /// Made for the first token, because an RSA key takes a tenth of a second.
  private let key = Mutex(SigningKey?.none)

  init(
    tenant: SandboxTenant,
    configuration: SandboxConfiguration,
    from sources: EntropySources
  ) {
    self.tenant = tenant
    self.configuration = configuration
    entropy = sources.stream("bearer tokens")
    keyEntropy = sources.lasting("bearer key")
  }

  var life: Duration { configuration.bearerLife }

  /// A new token.
  ///
  /// - Parameters:
  ///   - holder: Whom it is of.
  ///   - audience: What it is for, such as `https://communication.azure.com`.
  ///   - authority: Scheme, host and port under which the sandbox was asked.
  ///   - now: Its life begins here.
  /// - Returns: The token in compact form.
  func issue(
    to holder: TokenHolder,
    for audience: String,
    authority: String,
    at now: Timestamp
  ) -> String {
    let seconds = now.ticks / Timestamp.ticksPerSecond
    let claims: JSON = [
      "aud": .string(audience), "iss": .string(issuer(authority)), "iat": .integer(seconds),
      "nbf": .integer(seconds), "exp": .integer(seconds + Int64(life.seconds)),
      "appid": .string(holder.clientID), "azp": .string(holder.clientID), "idtyp": "app",
      "oid": .string(holder.principalID), "sub": .string(holder.principalID),
      "tid": .string(tenant.id), "uti": .string(Base64.encodeURL(entropy.bytes(16))), "ver": "2.0",
      "sandbox": true,
    ]
    let header: JSON = ["alg": "ES256", "kid": .string(Self.keyID), "typ": "JWT"]
    return JWT.encode(header: header.bytes, claims: claims.bytes, key: currentKey())
  }

  /// The key that clients may check tokens with.
  ///
  /// Source: RFC 7517 section 5; RFC 7518 section 6.2.
  var keySet: JSON {
    let point = currentKey().publicPoint
    return [
      "keys": [
        [
          "kty": "EC", "use": "sig", "alg": "ES256", "crv": "P-256", "kid": .string(Self.keyID),
          "x": .string(Base64.encodeURL(Array(point.dropFirst().prefix(32)))),
          "y": .string(Base64.encodeURL(Array(point.suffix(32)))),
        ]
      ]
    ]
  }

  private static let keyID = "sandbox-entra-1"

  func issuer(_ authority: String) -> String { "\(authority)/\(tenant.id)/v2.0" }

  /// Checks issuer, audience and expiry of a request's token.
  ///
  /// - Returns: The object id of the application or identity that the token is of.
  /// - Throws: 401 `Denied`.
  func principal(
    of request: HTTPRequest,
    for audiences: [String],
    at now: Timestamp
  ) throws(Problem) -> String {
    let token = request.bearerToken ?? ""
    guard let bytes = JWT.claims(of: token, signedBy: currentKey()),
      let claims = try? JSON(parsing: bytes),
      claims["iss"]?.stringValue?.hasSuffix("/\(tenant.id)/v2.0") == true
    else {
      throw .denied(
        CredentialRefusal(
          "the bearer token is not of the sandbox's token endpoints; user tokens do not count here"
        )
      )
    }
    guard audiences.contains(Self.resource(claims["aud"]?.stringValue ?? "")) else {
      let wanted = audiences.first ?? ""
      throw .denied(CredentialRefusal("the audience of the bearer token must be '\(wanted)'"))
    }
    guard let end = claims["exp"]?.integerValue, now < Timestamp(seconds: end) else {
      throw .denied(CredentialRefusal("the bearer token has expired"))
    }
    return claims["oid"]?.stringValue ?? ""
  }

  /// An audience without the slash that it may end in.
  static func resource(_ audience: String) -> String {
    audience.hasSuffix("/") ? String(audience.dropLast()) : audience
  }

  private func currentKey() -> SigningKey {
    key.withLock { key in
      if let key { return key }
      let made = SigningKey.generate(.es256, from: keyEntropy)
      key = made
      return made
    }
  }
}
