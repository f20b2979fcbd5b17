package import Diagnostics
package import HTTPMessages

/// The identity that the platform gave to this machine.
///
/// Source: Azure Communication fact sheet, section 1.4.
package struct ManagedIdentity: Hashable, Sendable {
  /// Which of several identities; none means the system-assigned one.
  package enum Selector: Hashable, Sendable {
    case clientID(String)
    case objectID(String)
    case resourceID(String)
  }

  /// Who gives tokens here.
  package enum Endpoint: Hashable, Sendable {
    /// App Service, Functions and Container Apps.
    case appService(url: String, header: String)
    /// The metadata service of a virtual machine, at another host than the usual one if given.
    case metadata(host: String?)
  }

  package static let metadataHost = "http://169.254.169.254"

  /// What the token is for, without `/.default`.
  package var resource: String
  package var selector: Selector?

  package init(scope: String, selector: Selector? = nil) {
    resource = scope.hasSuffix("/.default") ? String(scope.dropLast(9)) : scope
    self.selector = selector
  }

  /// The endpoint that the settings of the platform name; App Service comes first.
  package static func endpoint(_ setting: (String) -> String?) -> Endpoint {
    func given(_ name: String) -> String? { setting(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let url = given("IDENTITY_ENDPOINT"), let header = given("IDENTITY_HEADER") {
      return .appService(url: url, header: header)
    }
    return .metadata(host: given("AZURE_POD_IDENTITY_AUTHORITY_HOST"))
  }

  /// The request for a token.
  ///
  /// - Throws: K0009 when the setting with the endpoint's address is unusable.
  package func request(to endpoint: Endpoint) throws(Diagnostic) -> HTTPRequest {
    let (url, name, headers) = parts(of: endpoint)
    guard let request = HTTPRequest(method: "GET", url: url, headers: headers) else {
      throw Diagnostic(
        .identityEndpointDefect,
        "the setting '\(name)' holds no http address",
        hint: "unset it, or copy it from the platform"
      )
    }
    return request
  }

  private func parts(of endpoint: Endpoint) -> (url: String, setting: String, HTTPFields) {
    switch endpoint {
    case .appService(let url, let header):
      let mark = url.contains("?") ? "&" : "?"
      let selector = query(objectIDName: "principal_id")
      return (
        "\(url)\(mark)api-version=2019-08-01&\(selector)", "IDENTITY_ENDPOINT",
        ["X-IDENTITY-HEADER": header, "Accept": "application/json"]
      )
    case .metadata(let host):
      var base = host ?? Self.metadataHost
      while base.hasSuffix("/") { base.removeLast() }
      let selector = query(objectIDName: "object_id")
      return (
        "\(base)/metadata/identity/oauth2/token?api-version=2018-02-01&\(selector)",
        "AZURE_POD_IDENTITY_AUTHORITY_HOST", ["Metadata": "true", "Accept": "application/json"]
      )
    }
  }

  private func query(objectIDName: String) -> String {
    let resource = "resource=\(ComponentEncoding.encode(resource))"
    switch selector {
    case nil: return resource
    case .clientID(let id)?: return "\(resource)&client_id=\(ComponentEncoding.encode(id))"
    case .objectID(let id)?: return "\(resource)&\(objectIDName)=\(ComponentEncoding.encode(id))"
    case .resourceID(let id)?: return "\(resource)&mi_res_id=\(ComponentEncoding.encode(id))"
    }
  }
}
