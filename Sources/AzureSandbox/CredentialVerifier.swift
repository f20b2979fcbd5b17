internal import HTTPMessages
internal import Timekeeping

/// Checks the credential of a request: a bearer token, or a signature by an access key.
///
/// Source: Azure Communication fact sheet, sections 1.2 and 1.3.
struct CredentialVerifier: Sendable {
  static let audience = "https://communication.azure.com"

  let signatures: SignatureVerifier
  let tokens: BearerTokens
  let refusesAccessKeys: Bool

  /// - Returns: The deviant way in which a signature was computed; `nil` for the documented one.
  /// - Throws: 401 `Denied`.
  func verify(_ request: HTTPRequest, at now: Timestamp) throws(Problem) -> SigningQuirk? {
    let credential = request.headers.first("Authorization") ?? ""
    guard !credential.hasPrefix(BearerTokens.scheme) else {
      try tokens.verify(request, for: Self.audience, at: now)
      return nil
    }
    let quirk = try signatures.verify(request, at: now)
    guard !refusesAccessKeys else {
      throw .denied(CredentialRefusal("the resource takes no access keys (disableLocalAuth)"))
    }
    return quirk
  }
}
