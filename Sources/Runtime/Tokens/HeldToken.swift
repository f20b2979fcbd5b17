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
    var object = tokens.kept.objectValue ?? JSONObject()
    object["obtained"] = .integer(obtained.ticks)
    object["fingerprint"] = .string(fingerprint)
    return JSON.object(object).bytes
  }

  init?(bytes: [UInt8]) {
    guard let value = try? JSON(parsing: bytes), let tokens = OAuthTokens(kept: value),
      let obtained = value["obtained"]?.integerValue,
      let fingerprint = value["fingerprint"]?.stringValue
    else { return nil }
    self.tokens = tokens
    self.obtained = Timestamp(ticks: obtained)
    self.fingerprint = fingerprint
  }
}
