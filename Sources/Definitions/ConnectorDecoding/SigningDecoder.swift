internal import Diagnostics
internal import OrderedJSON

/// Reads `requestSigning` and `signers` of `runtime.json`.
///
/// Source: definitions/README.md.
enum SigningDecoder {
  /// One signer; `nil` when it is absent or cannot be used.
  static func decode(
    _ value: JSON?,
    _ connector: Connector,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> RequestSigning? {
    guard let value else { return nil }
    let name = value["scheme"]?.stringValue ?? ""
    guard let scheme = RequestSigning.Scheme(rawValue: name) else {
      let known = RequestSigning.Scheme.allCases.map(\.rawValue)
      file.reportUnknownName(
        name,
        "there is no signing scheme",
        among: known,
        at: place + ["scheme"]
      )
      return nil
    }
    file.reportUnknownMembers(of: value, among: members(scheme), at: place)
    var signing = RequestSigning(
      scheme: scheme,
      connectionString: value["connectionString"]?.stringValue ?? "api_key",
      dateHeader: value["dateHeader"]?.stringValue.flatMap(RequestSigning.DateHeader.init)
        ?? .xMsDate
    )
    signing.accessKey = value["accessKey"]?.stringValue ?? signing.accessKey
    signing.secretKey = value["secretKey"]?.stringValue ?? signing.secretKey
    signing.region = value["region"]?.stringValue ?? signing.region
    signing.service = value["service"]?.stringValue ?? signing.service
    if scheme == .hmac { signing.hmac = HMACSigningDecoder.decode(value, at: place, &file) }
    reportMissingParameters(signing, connector, at: place, &file)
    return signing
  }

  /// The signers that scripts name.
  static func named(
    _ value: JSON?,
    _ connector: Connector,
    _ file: inout DefinitionFile
  ) -> [String: RequestSigning] {
    var signers: [String: RequestSigning] = [:]
    for member in value?.objectValue?.members ?? [] {
      let place = ["signers", member.key]
      signers[member.key] = decode(member.value, connector, at: place, &file)
    }
    return signers
  }

  private static func members(_ scheme: RequestSigning.Scheme) -> [String] {
    switch scheme {
    case .azureCommunicationHMAC: ["scheme", "connectionString", "dateHeader"]
    case .awsSignature4: ["scheme", "accessKey", "secretKey", "region", "service"]
    case .hmac: ["scheme"] + HMACSigningDecoder.members
    }
  }

  private static func reportMissingParameters(
    _ signing: RequestSigning,
    _ connector: Connector,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let needed: [String] =
      switch signing.scheme {
      case .azureCommunicationHMAC: [signing.connectionString]
      case .awsSignature4: [signing.accessKey, signing.secretKey]
      case .hmac: [signing.hmac?.key, signing.hmac?.keyID].compactMap(\.self)
      }
    for key in needed
    where !connector.parameterSets.contains(where: { $0.parameter(key) != nil }) {
      file.reportDefect(
        "the connection has no parameter '\(key)' to sign with",
        hint: "add it to connectionParameters in apiProperties.json",
        at: place
      )
    }
  }
}
