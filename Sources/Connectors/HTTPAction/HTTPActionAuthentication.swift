package import Diagnostics
import HTTPMessages
package import OrderedJSON

/// The `authentication` of an Http action.
///
/// Source: workflow language reference, section d.4.
package enum HTTPActionAuthentication {
  /// Adds what needs no other request; kinds that need a token are left to `credential`.
  ///
  /// - Throws: C0201 for a kind that is unknown or cannot be used here, or lacks a value.
  static func add(_ value: JSON?, to request: inout HTTPRequest) throws(Diagnostic) {
    guard let value, !value.isNull else { return }
    switch kind(value) {
    case "basic":
      let pair = [value["username"], value["password"]].map { $0?.stringValue ?? "" }
      let encoded = Base64.encode(Array(pair.joined(separator: ":").utf8))
      request.headers["Authorization"] = "Basic \(encoded)"
    case "raw":
      let text = MediaType.trimmed(try required("value", value))
      guard FieldText.isValue(text) else {
        throw HTTPActionRequest.unusable(
          "the 'value' of its authentication holds a line break or control character",
          hint: "check where the value comes from"
        )
      }
      request.headers["Authorization"] = text
    case "querystring":
      let item = QueryItem(
        name: value["name"]?.stringValue ?? "",
        value: value["value"]?.stringValue ?? ""
      )
      request.target += (request.target.contains("?") ? "&" : "?") + item.encoded
    case "activedirectoryoauth", "managedserviceidentity": try requireSafe(request)
    case "clientcertificate":
      _ = try certificate(value)
      try requireTLS(request)
    default:
      throw HTTPActionRequest.unusable(
        "its authentication type '\(value["type"]?.stringValue ?? "")' is not supported",
        hint:
          "use Basic, ClientCertificate, Raw, QueryString, ActiveDirectoryOAuth or "
          + "ManagedServiceIdentity"
      )
    }
  }

  /// Whose token the action sends; `nil` when it sends none.
  ///
  /// - Parameters:
  ///   - value: The evaluated `authentication`.
  ///   - setting: App settings, for the address of the identity provider.
  /// - Returns: The credential to get the token with.
  /// - Throws: C0201 for a missing value.
  package static func credential(_ value: JSON?, setting: (String) -> String?)
    throws(Diagnostic) -> TokenCredential?
  {
    guard let value, !value.isNull else { return nil }
    switch kind(value) {
    case "activedirectoryoauth": return try application(value, setting)
    case "managedserviceidentity":
      let audience = text("audience", value) ?? "https://management.azure.com/"
      let identity = text("identity", value).flatMap {
        $0.lowercased() == "systemassigned" ? nil : ManagedIdentity.Selector.resourceID($0)
      }
      return .managedIdentity(ManagedIdentity(scope: audience, selector: identity))
    default: return nil
    }
  }

  /// The certificate that the action shows in TLS; `nil` when it shows none.
  ///
  /// - Parameter inputs: The evaluated inputs of the action.
  /// - Returns: What `pfx` holds, and the password that opens it.
  /// - Throws: C0201 when `pfx` is missing or no Base64.
  ///
  /// Source: workflow language reference, section d.4.
  package static func certificate(in inputs: JSON)
    throws(Diagnostic) -> (pkcs12: [UInt8], password: String)?
  {
    guard let value = inputs["authentication"], kind(value) == "clientcertificate" else {
      return nil
    }
    return try certificate(value)
  }

  private static func certificate(_ value: JSON)
    throws(Diagnostic) -> (pkcs12: [UInt8], password: String)
  {
    let encoded = try required("pfx", value)
    guard let bytes = Base64.decodeLeniently(encoded), !bytes.isEmpty else {
      throw HTTPActionRequest.unusable(
        "the 'pfx' of its authentication is no Base64",
        hint: "encode the whole .pfx file, such as with: base64 -w0 FILE"
      )
    }
    return (bytes, text("password", value) ?? "")
  }

  private static func application(_ value: JSON, _ setting: (String) -> String?)
    throws(Diagnostic) -> TokenCredential
  {
    let client = EntraClient(
      authority: text("authority", value) ?? setting("AZURE_AUTHORITY_HOST"),
      tenant: try required("tenant", value),
      clientID: try required("clientId", value),
      scope: try required("audience", value) + "/.default"
    )
    if let secret = text("secret", value) { return .secret(client, secret) }
    guard let certificate = text("pfx", value) else {
      throw HTTPActionRequest.unusable(
        "its authentication has neither 'secret' nor 'pfx'",
        hint: "give one of them"
      )
    }
    let isPEM = certificate.contains("-----BEGIN")
    let password = text("password", value) ?? ""
    return .certificate(
      client,
      isPEM ? .pem(certificate) : .pkcs12(base64: certificate, password: password)
    )
  }

  private static func kind(_ value: JSON) -> String {
    value["type"]?.stringValue?.lowercased() ?? ""
  }

  private static func text(_ name: String, _ value: JSON) -> String? {
    value[name]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func required(_ name: String, _ value: JSON) throws(Diagnostic) -> String {
    if let text = text(name, value) { return text }
    throw HTTPActionRequest.unusable(
      "its authentication has no '\(name)'",
      hint: "add it to 'authentication'"
    )
  }

  /// A certificate is shown in TLS only, so that without it the request would go out bare.
  private static func requireTLS(_ request: HTTPRequest) throws(Diagnostic) {
    guard request.scheme != "https" else { return }
    throw HTTPActionRequest.unusable(
      "its authentication is a client certificate, and its 'uri' is no https URL",
      hint: "write the 'uri' with https://"
    )
  }

  /// Tokens open more than one address, so they never travel in clear.
  private static func requireSafe(_ request: HTTPRequest) throws(Diagnostic) {
    if !TokenAddress.isSafe(request) { throw TokenAddress.unsafe("the 'uri' of the Http action") }
  }
}
