import CurlTransport
import HTTPMessages
import OrderedJSON
import Seams
import Testing

extension SandboxServer {
  /// What a managed identity is answered that was made, and given no role.
  func statusWithoutRole() async throws -> Int {
    let tenant = settings["AZURE_TENANT_ID"] ?? ""
    let subscription = settings["AZURE_SUBSCRIPTION_ID"] ?? ""
    let form =
      "grant_type=client_credentials&client_id=\(settings["AZURE_CLIENT_ID"] ?? "")"
      + "&client_secret=\(PercentEncoding.encode(settings["AZURE_CLIENT_SECRET"] ?? ""))"
      + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
    let manager = try await ask("POST", "/\(tenant)/oauth2/v2.0/token", form)
    let path =
      "/subscriptions/\(subscription)/resourceGroups/sandbox/providers/"
      + "Microsoft.ManagedIdentity/userAssignedIdentities/stranger?api-version=2023-01-31"
    let identity = try await ask(
      "PUT",
      path,
      #"{"location":"uksouth"}"#,
      headers: ["Authorization": "Bearer \(manager.json.text("access_token"))"]
    )
    let client = identity.json["properties"]?.text("clientId") ?? ""
    let query =
      "api-version=2018-02-01&resource=https%3A%2F%2Fcommunication.azure.com&client_id=\(client)"
    let token = try await ask(
      "GET",
      "/metadata/identity/oauth2/token?" + query,
      headers: ["Metadata": "true"]
    )
    let bearer = "Bearer \(token.json.text("access_token"))"
    return try await ask(
      "POST",
      "/identities?api-version=2023-10-01",
      headers: ["Authorization": bearer]
    ).status
  }

  private func ask(
    _ method: String,
    _ target: String,
    _ body: String = "",
    headers: HTTPFields = HTTPFields()
  ) async throws -> (status: Int, json: JSON) {
    let request = HTTPRequest(
      method: method,
      scheme: "http",
      authority: authority,
      target: target,
      headers: headers,
      body: Array(body.utf8)
    )
    let response = try await CurlTransport(userAgent: "tests").send(request, limits: .standard)
    return (response.status, (try? JSON(parsing: response.body)) ?? .null)
  }
}

extension JSON {
  fileprivate func text(_ member: String) -> String { self[member]?.stringValue ?? "" }
}
