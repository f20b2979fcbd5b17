package import Definitions
package import Diagnostics
package import HTTPMessages

/// Everything between an action's inputs and the wire, and back; made once for an operation.
///
/// Source: connector format reference, section (e), pipeline order.
package struct ConnectorCall: Sendable {
  package let builder: RequestBuilder
  private let binder: CredentialBinder
  private let obstacle: String?

  package var connector: Connector { builder.connector }
  package var operation: ConnectorOperation { builder.operation }

  package init(connector: Connector, operation: ConnectorOperation) {
    builder = RequestBuilder(connector: connector, operation: operation)
    binder = CredentialBinder(connector: connector)
    obstacle = Executability.obstacle(to: operation, of: connector)
  }

  /// The next request of the call: credentials, then policies, then the signer for each attempt.
  ///
  /// - Parameters:
  ///   - inputs: What the action gives.
  ///   - connection: The connection's values in clear.
  ///   - callbackURL: Where a webhook's notifications go.
  ///   - idempotencyKey: The key of the step, sent when the service supports one.
  ///   - lookups: Responses to the look-ups asked for so far, in order.
  /// - Returns: The call itself, or a look-up that a policy needs first.
  /// - Throws: C0003 to C0009 for the inputs and policies, K0001 to K0006 for the connection.
  package func step(
    inputs: OperationInputs,
    connection: ConnectionValues,
    callbackURL: String? = nil,
    idempotencyKey: String? = nil,
    lookups: [HTTPResponse] = []
  ) throws(Diagnostic) -> CallStep {
    try requireExecutable()
    var draft = try builder.draft(for: inputs, callbackURL: callbackURL)
    if let name = connector.runtime.idempotencyHeader, let idempotencyKey {
      draft.headers[name] = idempotencyKey
    }
    let signer = try SigningBinder(connector: connector).bind(connection, to: &draft)
    try binder.attach(connection, to: &draft)
    let context = PolicyContext(
      connector: connector,
      operation: operation,
      connection: connection,
      lookups: lookups
    )
    switch try PolicyPipeline.applyRequestPolicies(to: draft, in: context) {
    case .needsLookup(let lookup):
      return .lookUp(PreparedRequest(request: lookup.request, signer: signer))
    case .done(var draft):
      if let template = connector.scriptReplacement(for: operation)?.request {
        try ScriptMapping.apply(template, to: &draft, in: context)
      }
      return .send(PreparedRequest(request: draft.request, signer: signer), draft: draft)
    }
  }

  /// The response after what replaces the connector's script, and after its policies.
  ///
  /// - Throws: C0008 when a policy cannot be applied.
  package func response(
    _ response: HTTPResponse,
    to draft: RequestDraft,
    connection: ConnectionValues
  ) throws(Diagnostic) -> HTTPResponse {
    let script = connector.scriptReplacement(for: operation)?.response
    guard script != nil || !connector.policies.isEmpty else { return response }
    let context = PolicyContext(
      connector: connector,
      operation: operation,
      connection: connection
    )
    var mapped = ResponseDraft(response)
    if let script { try ScriptMapping.apply(script, to: &mapped, of: draft, in: context) }
    return try PolicyPipeline.applyResponsePolicies(to: mapped.response, of: draft, in: context)
  }

  private func requireExecutable() throws(Diagnostic) {
    guard let obstacle else { return }
    throw Diagnostic(
      .notExecutable,
      "'\(operation.id)' of '\(connector.name)' cannot be executed: \(obstacle)",
      hint: "see 'weir connector validate' for what is executable"
    )
  }
}
