internal import Crypto
internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// The endpoints of managed identities.
///
/// Source: Azure Communication fact sheet, section 1.4.
extension TokenService {
  func metadataToken(_ request: HTTPRequest, _ now: Timestamp) throws(TokenRefusal)
    -> HTTPResponse
  {
    guard request.headers.first("Metadata")?.lowercased() == "true" else {
      throw TokenRefusal(400, "bad_request_102", "Required metadata header not specified")
    }
    let query = QueryString(request.target)
    try requireVersion(query, ["2018-02-01", "2019-08-01", "2019-11-01", "2021-02-01"])
    let holder = try holder(query, ["client_id", "object_id", "mi_res_id", "msi_res_id"])
    var body = try managed(holder, query, request, now)
    body["expires_in"] = .string(String(Int64(tokens.life.seconds)))
    body["ext_expires_in"] = body["expires_in"]
    body["not_before"] = .string(String(now.ticks / Timestamp.ticksPerSecond))
    body["refresh_token"] = ""
    return Self.secret(body)
  }

  func appServiceToken(_ request: HTTPRequest, _ now: Timestamp) throws(TokenRefusal)
    -> HTTPResponse
  {
    let query = QueryString(request.target)
    try requireVersion(query, ["2017-09-01", "2019-08-01"])
    let isLegacy = query["api-version"] == "2017-09-01"
    try requireSecret(isLegacy ? "secret" : "X-IDENTITY-HEADER", request)
    let selectors =
      isLegacy ? ["clientid"] : ["client_id", "principal_id", "object_id", "mi_res_id"]
    var body = try managed(try holder(query, selectors), query, request, now)
    if isLegacy {
      body["client_id"] = nil
      body["expires_on"] = .string(Self.legacyText(now + tokens.life))
    }
    return Self.secret(body)
  }

  private func requireSecret(_ name: String, _ request: HTTPRequest) throws(TokenRefusal) {
    let given = Array((request.headers.first(name) ?? "").utf8)
    guard ConstantTime.areEqual(given, Array(tenant.identityHeader.utf8)) else {
      throw TokenRefusal(401, "unauthorized", "The header '\(name)' is missing or wrong.")
    }
  }

  /// As the older endpoint writes times: `11/20/2026 9:15:00 PM +00:00`.
  private static func legacyText(_ time: Timestamp) -> String {
    let civil = DateTime(time).civil
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let hour = civil.hour % 12 == 0 ? 12 : civil.hour % 12
    let clock = "\(hour):\(two(civil.minute)):\(two(civil.second)) \(civil.hour < 12 ? "AM" : "PM")"
    return "\(civil.month)/\(civil.day)/\(civil.year) \(clock) +00:00"
  }

  private func requireVersion(_ query: QueryString, _ known: [String]) throws(TokenRefusal) {
    guard known.contains(query["api-version"] ?? "") else {
      let message = "api-version is missing or unknown; known: \(known.joined(separator: ", "))"
      throw TokenRefusal(400, "bad_request", message)
    }
  }

  /// The identity that a request selects; without a selector the machine's own.
  private func holder(_ query: QueryString, _ selectors: [String]) throws(TokenRefusal)
    -> TokenHolder
  {
    let given = selectors.compactMap { query[$0] }
    guard given.count <= 1 else {
      let message = "Only one of \(selectors.joined(separator: ", ")) may be given"
      throw TokenRefusal(400, "invalid_request", message)
    }
    guard let identity = given.first?.lowercased() else { return tenant.application }
    guard ![tenant.clientID, tenant.principalID].contains(identity) else {
      return tenant.application
    }
    let known = resources.content.read { content in
      content.identities.values.first {
        [$0.clientID, $0.principalID].contains(identity) || $0.path == ResourcePath(identity)
      }
    }
    guard let known else { throw TokenRefusal(400, "invalid_request", "Identity not found") }
    return TokenHolder(clientID: known.clientID, principalID: known.principalID)
  }

  private func managed(
    _ holder: TokenHolder,
    _ query: QueryString,
    _ request: HTTPRequest,
    _ now: Timestamp
  ) throws(TokenRefusal) -> JSONObject {
    guard let resource = query["resource"], !resource.isEmpty else {
      throw TokenRefusal(400, "invalid_request", "Required query variable 'resource' is missing")
    }
    guard Self.resources.contains(BearerTokens.resource(resource)) else {
      let message = "AADSTS500011: The resource principal named \(resource) was not found"
      throw TokenRefusal(400, "invalid_resource", message)
    }
    let token = tokens.issue(
      to: holder,
      for: resource,
      authority: Self.authority(request),
      at: now
    )
    let end = (now + tokens.life).ticks / Timestamp.ticksPerSecond
    return [
      "access_token": .string(token), "client_id": .string(holder.clientID),
      "expires_on": .string(String(end)), "resource": .string(resource), "token_type": "Bearer",
    ]
  }
}
