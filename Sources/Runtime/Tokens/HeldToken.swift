import Connectors
import OrderedJSON
import Timekeeping

/// A token with what is needed to judge and to renew it.
struct HeldToken: Sendable {
  let tokens: OAuthTokens
  let obtained: Timestamp
  /// That of the order it was got for.
  let fingerprint: String

  init(_ tokens: OAuthTokens, obtained: Timestamp, fingerprint: String) {
    self.tokens = tokens
    self.obtained = obtained
    self.fingerprint = fingerprint
  }

  var life: TokenLife {
    TokenLife(obtained: obtained, expires: tokens.expires, advised: tokens.renewal)
  }

  /// Whether it answers an order now; `rejected` is a token that the service refused.
  func serves(_ order: TokenOrder, at now: Timestamp, rejected: String?) -> Bool {
    fingerprint == order.fingerprint && tokens.accessToken != rejected && life.isUsable(at: now)
  }

  // MARK: Storage

  var bytes: [UInt8] {
    var object: JSONObject = [
      "access": .string(tokens.accessToken), "obtained": .integer(obtained.ticks),
      "fingerprint": .string(fingerprint),
    ]
    object["refresh"] = tokens.refreshToken.map { .string($0) }
    object["expires"] = tokens.expires.map { .integer($0.ticks) }
    object["renewal"] = tokens.renewal.map { .integer($0.ticks) }
    return JSON.object(object).bytes
  }

  init?(bytes: [UInt8]) {
    guard let value = try? JSON(parsing: bytes), let access = value["access"]?.stringValue,
      let obtained = value["obtained"]?.integerValue,
      let fingerprint = value["fingerprint"]?.stringValue
    else { return nil }
    func time(_ name: String) -> Timestamp? {
      value[name]?.integerValue.map { Timestamp(ticks: $0) }
    }
    tokens = OAuthTokens(
      accessToken: access,
      refreshToken: value["refresh"]?.stringValue,
      expires: time("expires"),
      renewal: time("renewal")
    )
    self.obtained = Timestamp(ticks: obtained)
    self.fingerprint = fingerprint
  }
}
