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
  /// - Throws: K0008 with the provider's error code, or K0020 for an answer that is none; never with
  ///   anything secret.
  package init(_ response: HTTPResponse, now: Timestamp) throws(Diagnostic) {
    let fields = Self.fields(of: response)
    guard response.isSuccess, let token = fields["access_token"]?.stringValue, !token.isEmpty else {
      throw Self.refusal(response, fields)
    }
    accessToken = token
    refreshToken = fields["refresh_token"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    let life = Self.seconds(fields["expires_in"]) ?? Self.secondsLeft(fields, response, now)
    expires = life.map { now + .seconds($0) }
    renewal = Self.seconds(fields["refresh_in"]).map { now + .seconds($0) }
  }

  private static func seconds(_ value: JSON?) -> Double? {
    let number = value.flatMap { $0.doubleValue ?? Double($0.stringValue ?? "") }
    return number.flatMap { $0 > 0 && $0 < 1e9 ? $0 : nil }
  }

  /// Managed identities may name the end only; its distance is measured on the service's clock, so
  /// that a wrong clock here does not matter.
  private static func secondsLeft(_ fields: JSONObject, _ response: HTTPResponse, _ now: Timestamp)
    -> Double?
  {
    let text = fields["expires_on"]
    guard let end = text.flatMap({ $0.doubleValue ?? Double($0.stringValue ?? "") }), end > 0,
      end < 1e11
    else { return nil }
    let there = response.headers["Date"].flatMap { HTTPDate.timestamp($0) } ?? now
    return max(1, end - Double(there.ticks) / Double(Timestamp.ticksPerSecond))
  }

  private static func fields(of response: HTTPResponse) -> JSONObject {
    if let object = (try? JSON(parsing: response.body))?.objectValue { return object }
    let items = QueryItem.parse(String(decoding: response.body, as: UTF8.self))
    return JSONObject(items.map { ($0.name, .string($0.value)) })
  }

  private static func refusal(_ response: HTTPResponse, _ fields: JSONObject) -> Diagnostic {
    guard fields["error"] != nil || fields["access_token"] != nil else {
      return foreign(response)
    }
    let code = fields["error"]?.stringValue ?? fields["error"]?["code"]?.stringValue
    let isWord = code?.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) } ?? false
    let shown = isWord ? code.map { " '\($0.prefix(60))'" } ?? "" : ""
    return Diagnostic(
      .signInRefused,
      "the identity provider refused with status \(response.status)" + shown,
      hint: hint(code)
    )
  }

  /// Proxies, captive portals and wrong addresses answer with pages for people.
  private static func foreign(_ response: HTTPResponse) -> Diagnostic {
    let type = response.headers["Content-Type"].map { $0.prefix { $0 != ";" } } ?? ""
    let isWord =
      !type.isEmpty && type.allSatisfy { $0.isLetter || $0.isNumber || "/+-.".contains($0) }
    let what = isWord ? "'\(type.prefix(60))'" : "something"
    return Diagnostic(
      .foreignTokenAnswer,
      "the token endpoint answered with status \(response.status) and \(what) that holds no token",
      hint: "check the address of the token endpoint, and whether a proxy answered in its place"
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
