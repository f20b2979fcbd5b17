internal import Definitions
internal import Diagnostics

/// Finds the address of a connection, and makes the signer that `requestSigning` of `runtime.json` asks for.
///
/// Source: definitions/README.md.
struct SigningBinder: Sendable {
  let connector: Connector

  /// The signer, when one is asked for; an Azure endpoint replaces the address of the draft.
  ///
  /// - Throws: K0001, K0002 or K0006 for the values of the connection.
  func bind(_ connection: ConnectionValues, to draft: inout RequestDraft) throws(Diagnostic)
    -> RequestSigner?
  {
    try EndpointBinder.apply(connection, of: connector, to: &draft)
    guard let signing = connector.runtime.signing else { return nil }
    let set = connector.parameterSet(connection.parameterSet)
    switch signing.scheme {
    case .azureCommunicationHMAC:
      guard let text = try value(signing.connectionString, connection, set) else { return nil }
      let parsed = try AzureConnectionString(text)
      draft.base.scheme = parsed.endpoint.scheme
      draft.base.authority = parsed.endpoint.authority
      return .azureCommunication(
        AzureCommunicationSigner(accessKey: parsed.accessKey, dateHeader: signing.dateHeader)
      )
    case .awsSignature4:
      guard let id = try value(signing.accessKey, connection, set),
        let secret = try value(signing.secretKey, connection, set)
      else { return nil }
      return .aws(
        AWSSigner(
          accessKeyID: id,
          secretKey: secret,
          region: connection.value(signing.region, in: set) ?? signing.region,
          service: signing.service
        )
      )
    }
  }

  /// `nil` when another set of the connection does not have the parameter at all.
  private func value(
    _ key: String,
    _ connection: ConnectionValues,
    _ set: ConnectionParameterSet?
  ) throws(Diagnostic) -> String? {
    if let value = connection.value(key, in: set), !value.isEmpty { return value }
    guard let parameter = set?.parameter(key) else { return nil }
    throw ConnectionCheck.missingValue(parameter, connector)
  }
}
