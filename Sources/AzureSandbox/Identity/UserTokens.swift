internal import HTTPMessages
internal import Crypto
internal import OrderedJSON
internal import Seams
internal import Synchronization
internal import Timekeeping

/// Makes and reads the tokens of users, real JWTs under a key of the sandbox's own.
///
/// Source: Azure Communication fact sheet, section 2 ("Token").
final class UserTokens: Sendable {
  /// The signing key and the header that names it.
  private struct Signer {
    let key: SigningKey
    let header: String
  }

  /// What a token of this sandbox says.
  struct Claims {
    let json: JSON
    let user: TokenInspection.User
    /// Which access key ordered it; `nil` for an application.
    let key: String?
    let issued: Timestamp
    let expires: Timestamp
  }

  private let resources: ResourceDirectory
  private let algorithm: SigningKey.Algorithm
  private let entropy: any Entropy
  /// Made for the first token, because an RSA key takes a tenth of a second.
  private let signer = Mutex(Signer?.none)

  init(
    resources: ResourceDirectory,
    algorithm: SigningKey.Algorithm,
    entropy: any Entropy
  ) {
    self.resources = resources
    self.algorithm = algorithm
    self.entropy = entropy
  }

  /// A new token with its end, as the service answers.
  func issue(_ order: TokenOrder, to user: UserID, by call: ServiceCall) -> JSON {
    let scopes = order.scopes.map(\.rawValue).joined(separator: ",")
    return issue(scopes, user.claim(in: call.resource), until: call.now + order.life, by: call)
  }

  /// A new token for a user of Teams, which ends with the one that was exchanged.
  func issue(to user: TeamsUser, by call: ServiceCall) -> JSON {
    issue("chat,voip", "orgid:\(user.id)", until: user.expires, by: call)
  }

  private func issue(
    _ scopes: String,
    _ name: String,
    until expires: Timestamp,
    by call: ServiceCall
  ) -> JSON {
    let claims = claims(scopes, name, call, expires)
    let signer = currentSigner()
    let token = JWT.encode(header: signer.header, claims: claims.bytes, key: signer.key)
    return ["token": .string(token), "expiresOn": .string(expires.textWithOffset)]
  }

  /// What a token says; `nil` when this sandbox did not make it.
  func claims(of token: String) -> Claims? {
    guard let bytes = JWT.claims(of: token, signedBy: currentSigner().key),
      let json = try? JSON(parsing: bytes),
      let resource = json["resourceId"]?.stringValue.flatMap(resources.resource(id:)),
      let name = json["skypeid"]?.stringValue, let id = UserID("8:" + name, of: resource),
      let ticks = json["sandboxIssued"]?.integerValue, let expires = json["exp"]?.integerValue
    else { return nil }
    let scopes = (json["acsScope"]?.stringValue ?? "").split(separator: ",")
      .compactMap { TokenScope(rawValue: String($0)) }
    return Claims(
      json: json,
      user: TokenInspection.User(id: id, resource: resource, scopes: Set(scopes)),
      key: json["sandboxKey"]?.stringValue,
      issued: Timestamp(ticks: ticks),
      expires: Timestamp(seconds: expires)
    )
  }

  private func claims(
    _ scopes: String,
    _ name: String,
    _ call: ServiceCall,
    _ expires: Timestamp
  ) -> JSON {
    let resource = call.resource
    let seconds = call.now.ticks / Timestamp.ticksPerSecond
    var claims: JSONObject = [
      "skypeid": .string(name), "scp": 1792, "csi": .string(String(seconds)),
      "exp": .integer(expires.ticks / Timestamp.ticksPerSecond), "rgn": "amer",
      "acsScope": .string(scopes),
      "resourceId": .string(resource.id),
      "resourceLocation": .string(resource.dataLocation.geography), "iat": .integer(seconds),
      "sandbox": true, "sandboxIssued": .integer(call.now.ticks),
    ]
    if case .key(let key) = call.admission.caller {
      claims["sandboxKey"] = .string(ResourceKeys.fingerprint(key))
    }
    return .object(claims)
  }

  private func currentSigner() -> Signer {
    signer.withLock { signer in
      if let signer { return signer }
      let made = makeSigner()
      signer = made
      return made
    }
  }

  private func makeSigner() -> Signer {
    let key = SigningKey.generate(algorithm, from: entropy)
    let thumbprint = SHA256.digest(Array("sandbox certificate".utf8))
    let header: JSON = [
      "alg": .string(algorithm.rawValue), "kid": "sandbox-1",
      "x5t": .string(Base64.encodeURL(Array(thumbprint.prefix(20)))), "typ": "JWT",
    ]
    return Signer(key: key, header: Base64.encodeURL(header.bytes))
  }
}

extension Timestamp {
  /// With seven fraction digits and `+00:00`, as the service writes times.
  var textWithOffset: String { description.dropLast() + "+00:00" }
}
