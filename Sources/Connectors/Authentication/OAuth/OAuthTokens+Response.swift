package import Diagnostics
package import HTTPMessages
internal import OrderedJSON
package import Timekeeping

extension OAuthTokens {
  /// Reads the answer of a token endpoint.
  ///
  /// - Parameters:
  ///   - response: The answer, as JSON or as a form.
  ///   - now: When it arrived; lifetimes count from it.
  /// - Throws: K0008 with the provider's error code, never with anything secret.
  package init(_ response: HTTPResponse, now: Timestamp) throws(Diagnostic) {
    let fields = Self.fields(of: response)
    guard response.isSuccess, let token = fields["access_token"]?.stringValue, !token.isEmpty else {
      throw Self.refusal(response, fields)
    }
    accessToken = token
    refreshToken = fields["refresh_token"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    let lifetime = fields["expires_in"].flatMap { $0.doubleValue ?? Double($0.stringValue ?? "") }
    expires = lifetime.flatMap { seconds in
      seconds > 0 && seconds < 1e9 ? now + .seconds(seconds) : nil
    }
  }

  private static func fields(of response: HTTPResponse) -> JSONObject {
    if let object = (try? JSON(parsing: response.body))?.objectValue { return object }
    let items = QueryItem.parse(String(decoding: response.body, as: UTF8.self))
    return JSONObject(items.map { ($0.name, .string($0.value)) })
  }

  private static func refusal(_ response: HTTPResponse, _ fields: JSONObject) -> Diagnostic {
    let code = fields["error"]?.stringValue ?? fields["error"]?["code"]?.stringValue
    let isWord = code?.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) } ?? false
    let shown = isWord ? code.map { " '\($0.prefix(60))'" } ?? "" : ""
    return Diagnostic(
      .signInRefused,
      "the identity provider refused with status \(response.status)" + shown,
      hint: hint(code)
    )
  }

  private static func hint(_ code: String?) -> String {
    switch code {
    case "invalid_client", "unauthorized_client": "check client id and secret of the application"
    case "invalid_grant": "sign in again: the code or refresh token is no longer valid"
    case "invalid_scope": "check the scopes that the application may ask for"
    default: "sign in again; if that fails, check the application's registration"
    }
  }
}
