package import Connectors
package import OrderedJSON
import Timekeeping

/// Tokens on their way from who was there when a person signed in to who keeps them.
extension OAuthTokens {
  /// Everything of them, secrets too.
  package var kept: JSON {
    var object: JSONObject = ["access": .string(accessToken)]
    object["refresh"] = refreshToken.map { .string($0) }
    object["expires"] = expires.map { .integer($0.ticks) }
    object["renewal"] = renewal.map { .integer($0.ticks) }
    return .object(object)
  }

  /// Reads what `kept` writes; `nil` for anything else.
  package init?(kept value: JSON) {
    guard let access = value["access"]?.stringValue else { return nil }
    func time(_ name: String) -> Timestamp? {
      value[name]?.integerValue.map { Timestamp(ticks: $0) }
    }
    self.init(
      accessToken: access,
      refreshToken: value["refresh"]?.stringValue,
      expires: time("expires"),
      renewal: time("renewal")
    )
  }
}
