internal import HTTPMessages
internal import Crypto
internal import OrderedJSON
internal import Timekeeping

/// Checks how an application proves who it is.
///
/// Statements are checked for what they say, not for their signature: nobody registers a certificate
/// with a sandbox.
///
/// Source: Azure Communication fact sheet, section 1.3.
struct ClientProof {
  static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
  static let federatedAudience = "api://AzureADTokenExchange"

  let tenant: SandboxTenant

  /// - Throws: 401 `invalid_client`.
  func check(_ form: TokenForm, at now: Timestamp) throws(TokenRefusal) {
    if let secret = form["client_secret"] {
      guard ConstantTime.areEqual(Array(secret.utf8), Array(tenant.clientSecret.utf8)) else {
        throw TokenRefusal(401, "invalid_client", 7_000_215, "Invalid client secret provided.")
      }
      return
    }
    guard form["client_assertion_type"] == Self.assertionType, let text = form["client_assertion"]
    else {
      throw TokenRefusal(
        401,
        "invalid_client",
        7_000_218,
        "The request body must contain the following parameter: "
          + "'client_assertion' or 'client_secret'."
      )
    }
    try check(assertion: text, now)
  }

  private func check(assertion: String, _ now: Timestamp) throws(TokenRefusal) {
    let parts = assertion.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Base64.decodeURL(parts[1]),
      let claims = try? JSON(parsing: bytes)
    else { throw refusal(50_027, "JWT token is invalid or malformed.") }
    // Numbers may have fractions: RFC 7519 section 2, and MSAL for Python writes them.
    let seconds = Double(now.ticks) / Double(Timestamp.ticksPerSecond)
    let (begin, end) = (claims["nbf"]?.doubleValue ?? 0, claims["exp"]?.doubleValue ?? 0)
    guard end > seconds, begin <= seconds + 300 else {
      throw refusal(700_024, "Client assertion is not within its valid time range.")
    }
    let audience = claims["aud"]?.stringValue ?? claims["aud"]?[0]?.stringValue ?? ""
    guard audience != Self.federatedAudience else { return }
    guard audience.contains("/\(tenant.id)/") else {
      throw refusal(700_212, "No matching federated identity record found for the audience.")
    }
    guard claims["iss"]?.stringValue == tenant.clientID,
      claims["sub"]?.stringValue == tenant.clientID
    else { throw refusal(700_021, "Issuer and subject of the assertion must be the client.") }
  }

  private func refusal(_ number: Int, _ message: String) -> TokenRefusal {
    TokenRefusal(401, "invalid_client", number, message)
  }
}
