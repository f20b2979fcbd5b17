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
    try requireIdentity(query, ["client_id", "object_id", "mi_res_id", "msi_res_id"])
    var body = try managed(query, request, now)
    body["expires_in"] = .string(String(Int64(tokens.life.seconds)))
    body["ext_expires_in"] = body["expires_in"]
    body["not_before"] = .string(String(now.ticks / Timestamp.ticksPerSecond))
    body["refresh_token"] = ""
    return Self.secret(body)
  }

  func appServiceToken(_ request: HTTPRequest, _ now: Timestamp) throws(TokenRefusal)
    -> HTTPResponse
  {
    let header = Array((request.headers.first("X-IDENTITY-HEADER") ?? "").utf8)
    guard ConstantTime.areEqual(header, Array(tenant.identityHeader.utf8)) else {
      throw TokenRefusal(401, "unauthorized", "The X-IDENTITY-HEADER is missing or wrong.")
    }
    let query = QueryString(request.target)
    try requireVersion(query, ["2019-08-01"])
    try requireIdentity(query, ["client_id", "principal_id", "object_id", "mi_res_id"])
    return Self.secret(try managed(query, request, now))
  }

  private func requireVersion(_ query: QueryString, _ known: [String]) throws(TokenRefusal) {
    guard known.contains(query["api-version"] ?? "") else {
      let message = "api-version is missing or unknown; known: \(known.joined(separator: ", "))"
      throw TokenRefusal(400, "bad_request", message)
    }
  }

  private func requireIdentity(_ query: QueryString, _ selectors: [String]) throws(TokenRefusal) {
    let given = selectors.compactMap { query[$0] }
    guard given.count <= 1 else {
      let message = "Only one of \(selectors.joined(separator: ", ")) may be given"
      throw TokenRefusal(400, "invalid_request", message)
    }
    guard let identity = given.first else { return }
    let known = [tenant.clientID, tenant.principalID]
    guard known.contains(identity) || identity.hasPrefix("/subscriptions/\(tenant.subscriptionID)/")
    else { throw TokenRefusal(400, "invalid_request", "Identity not found") }
  }

  private func managed(_ query: QueryString, _ request: HTTPRequest, _ now: Timestamp)
    throws(TokenRefusal) -> JSONObject
  {
    guard let resource = query["resource"], !resource.isEmpty else {
      throw TokenRefusal(400, "invalid_request", "Required query variable 'resource' is missing")
    }
    guard Self.resources.contains(BearerTokens.resource(resource)) else {
      let message = "AADSTS500011: The resource principal named \(resource) was not found"
      throw TokenRefusal(400, "invalid_resource", message)
    }
    let token = tokens.issue(for: resource, authority: Self.authority(request), at: now)
    let end = (now + tokens.life).ticks / Timestamp.ticksPerSecond
    return [
      "access_token": .string(token), "client_id": .string(tenant.clientID),
      "expires_on": .string(String(end)), "resource": .string(resource), "token_type": "Bearer",
    ]
  }
}
