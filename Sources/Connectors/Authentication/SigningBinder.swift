internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// Makes the signers that `runtime.json` asks for.
///
/// Source: definitions/README.md.
struct SigningBinder: Sendable {
  let connector: Connector

  /// The signer with the values of the connection; `nil` when the connection's set has none.
  ///
  /// - Throws: K0001, K0002 or K0006 for the values of the connection.
  func bind(_ signing: RequestSigning, to connection: ConnectionValues) throws(Diagnostic)
    -> BoundSigning?
  {
    switch signing.scheme {
    case .azureCommunicationHMAC: return try azure(signing, connection)
    case .awsSignature4: return try aws(signing, connection)
    case .hmac:
      guard let hmac = signing.hmac else { return nil }
      return try self.hmac(hmac, connection)
    }
  }

  private func azure(_ signing: RequestSigning, _ connection: ConnectionValues)
    throws(Diagnostic) -> BoundSigning?
  {
    guard let text = try value(signing.connectionString, connection) else { return nil }
    let parsed = try AzureConnectionString(text)
    let signer = AzureCommunicationSigner(
      accessKey: parsed.accessKey,
      dateHeader: signing.dateHeader
    )
    return BoundSigning(signer: .azureCommunication(signer), endpoint: parsed.endpoint)
  }

  private func aws(_ signing: RequestSigning, _ connection: ConnectionValues)
    throws(Diagnostic) -> BoundSigning?
  {
    guard let id = try value(signing.accessKey, connection),
      let secret = try value(signing.secretKey, connection)
    else { return nil }
    let set = connector.parameterSet(connection.parameterSet)
    let signer = AWSSigner(
      accessKeyID: id,
      secretKey: secret,
      region: connection.value(signing.region, in: set) ?? signing.region,
      service: signing.service
    )
    return BoundSigning(signer: .aws(signer))
  }

  private func hmac(_ signing: HMACSigning, _ connection: ConnectionValues)
    throws(Diagnostic) -> BoundSigning?
  {
    guard let text = try value(signing.key, connection) else { return nil }
    let key: [UInt8]? =
      switch signing.keyEncoding {
      case .text: Array(text.utf8)
      case .base64: Base64.decode(Substring(text))
      case .hex: Hexadecimal.decode(text)
      }
    guard let key else {
      throw Diagnostic(
        .missingConnectionValue,
        "the key '\(signing.key)' of the connection is not \(signing.keyEncoding.rawValue)",
        hint: "copy it again from the service"
      )
    }
    let id = try signing.keyID.map { name throws(Diagnostic) in try value(name, connection) }
    let signer = HMACSigner(signing: signing, key: key, keyID: (id ?? "") ?? "")
    return BoundSigning(signer: .hmac(signer))
  }

  /// `nil` when another set of the connection does not have the parameter at all.
  private func value(_ key: String, _ connection: ConnectionValues) throws(Diagnostic) -> String? {
    let set = connector.parameterSet(connection.parameterSet)
    if let value = connection.value(key, in: set), !value.isEmpty { return value }
    guard let parameter = set?.parameter(key) else { return nil }
    throw ConnectionCheck.missingValue(parameter, connector)
  }
}
