package import Definitions
package import Diagnostics
package import HTTPMessages
package import OrderedJSON

/// Everything between an action's inputs and the wire, and back; made once for an operation.
///
/// Source: connector format reference, section (e), pipeline order.
package final class ConnectorCall: Sendable {
  package let builder: RequestBuilder
  /// Decodes what the operation answers.
  package let decoder: ResponseDecoder
  /// JSON pointers to what is secret in the outputs.
  package let secretPointers: [String]
  /// The header that carries the key of a step, when the service knows one.
  package let idempotencyHeader: String?
  /// The header for the time of a step's first request that goes with the header of its key.
  package let firstSentHeader: String?
  private let binder: CredentialBinder
  private let program: PolicyProgram
  private let replacement: ScriptReplacement?
  private let signing: RequestSigning?
  private let obstacle: Diagnostic?
  /// The signer of the connection that the call belongs to, made once.
  private let bound: Bound?

  private struct Bound: Sendable {
    var parameterSet: String?
    var values: [String: String]
    var signing: Result<BoundSigning?, Diagnostic>

    func fits(_ connection: ConnectionValues) -> Bool {
      values == connection.values && parameterSet == connection.parameterSet
    }
  }

  package var connector: Connector { builder.connector }
  package var operation: ConnectorOperation { builder.operation }

  /// With the `values` of a connection, these are read only once.
  package init(
    connector: Connector,
    operation: ConnectorOperation,
    boundTo values: ConnectionValues? = nil
  ) {
    builder = RequestBuilder(connector: connector, operation: operation)
    binder = CredentialBinder(connector: connector)
    program = PolicyProgram(operation: operation, of: connector)
    replacement = connector.scriptReplacement(for: operation)
    let named = replacement?.signer.flatMap { connector.runtime.signers[$0] }
    let signing = named ?? connector.runtime.signing
    self.signing = signing
    obstacle = Executability.refusal(of: operation, of: connector)
    decoder = ResponseDecoder(operation: operation, of: connector)
    secretPointers = SecretMembers.pointers(for: operation, of: connector).map(\.description)
    idempotencyHeader = connector.runtime.idempotencyHeader
    firstSentHeader = idempotencyHeader.flatMap(IdempotencyKey.firstSentHeader)
    bound = values.map { values in
      Bound(
        parameterSet: values.parameterSet,
        values: values.values,
        signing: Result { () throws(Diagnostic) in
          try Self.makeSigning(signing, connector, values)
        }
      )
    }
  }

  /// The next request of the call: credentials, then policies, then the signer for each attempt.
  ///
  /// - Parameters:
  ///   - inputs: What the action gives.
  ///   - connection: The connection's values in clear.
  ///   - extras: What else goes into the request, and the answers to earlier steps.
  /// - Returns: The call itself, what it needs first, or its answer.
  /// - Throws: C0003 to C0010 for the inputs and settings, K0001 to K0006 for the connection.
  package func step(
    inputs: OperationInputs,
    connection: ConnectionValues,
    extras: CallExtras = CallExtras()
  ) throws(Diagnostic) -> CallStep {
    if let obstacle { throw obstacle }
    var draft = try builder.draft(for: inputs, callbackURL: extras.callbackURL)
    if !extras.queries.isEmpty { replaceQueries(extras.queries, in: &draft) }
    place(extras.idempotencyKey, into: &draft)
    try EndpointBinder.apply(connection, of: connector, to: &draft)
    let signing = try signing(for: connection)
    signing?.address(&draft)
    try binder.attach(connection, to: &draft)
    guard !program.requests.isEmpty || replacement != nil else {
      return .send(PreparedRequest(request: draft.request, signer: signing?.signer), draft: draft)
    }
    let context = context(connection, extras)
    switch try PolicyPipeline.applyRequestPolicies(to: draft, in: context) {
    case .needsLookup(let lookup):
      return .lookUp(PreparedRequest(request: lookup.request, signer: signing?.signer))
    case .done(let draft): return try finish(draft, signing?.signer, context)
    }
  }

  /// What stands in for the script, after the policies.
  private func finish(_ draft: RequestDraft, _ signer: RequestSigner?, _ context: PolicyContext)
    throws(Diagnostic) -> CallStep
  {
    var draft = draft
    if let name = replacement?.token, let token = connector.runtime.tokens[name],
      context.token == nil
    {
      return .needToken(try TokenMapping.fetch(name, token, in: context))
    }
    if let mapping = replacement?.answer {
      let answer = try ScriptMapping.answer(mapping, to: draft, in: context)
      return .answer(try PolicyPipeline.applyResponsePolicies(to: answer, of: draft, in: context))
    }
    if let mapping = replacement?.request {
      try ScriptMapping.apply(mapping, to: &draft, in: context)
    }
    return .send(PreparedRequest(request: draft.request, signer: signer), draft: draft)
  }

  /// The response after what replaces the connector's script, and after its policies.
  ///
  /// - Parameters:
  ///   - response: What the service answered.
  ///   - draft: The request that it answers.
  ///   - connection: The connection's values in clear.
  ///   - token: The outputs of the token request, when there was one.
  /// - Returns: The response that the flow sees.
  /// - Throws: C0008 when a policy or mapping cannot be applied.
  package func response(
    _ response: HTTPResponse,
    to draft: RequestDraft,
    connection: ConnectionValues,
    token: JSON? = nil
  ) throws(Diagnostic) -> HTTPResponse {
    guard replacement?.response != nil || !program.responses.isEmpty else { return response }
    let context = context(connection, CallExtras(token: token))
    var mapped = ResponseDraft(response)
    if let script = replacement?.response {
      try ScriptMapping.apply(script, to: &mapped, of: draft, in: context)
    }
    return try PolicyPipeline.applyResponsePolicies(to: mapped.response, of: draft, in: context)
  }

  /// The keys for the items of the body, when the service knows such.
  package var idempotencyItems: IdempotentItems? {
    connector.runtime.idempotencyItems[operation.id]
  }

  /// What the items of an answer say against its success.
  package func itemFailure(in outputs: JSON) -> ItemFailure? {
    guard !connector.runtime.failures.isEmpty else { return nil }
    return connector.runtime.failures[operation.id].flatMap { ItemFailure(in: outputs, by: $0) }
  }

  // MARK: Parts

  private func replaceQueries(_ queries: [String: String], in draft: inout RequestDraft) {
    for (name, value) in queries.sorted(by: { $0.key < $1.key }) {
      draft.query.removeAll { $0.name == name }
      draft.query.append(QueryItem(name: name, value: value))
    }
  }

  /// Reading changes nothing, so that only other methods carry a key.
  private func place(_ key: String?, into draft: inout RequestDraft) {
    guard let name = idempotencyHeader, let key, draft.headers[name] == nil,
      draft.method != "GET", draft.method != "HEAD"
    else { return }
    draft.headers[name] = key
  }

  private func context(_ connection: ConnectionValues, _ extras: CallExtras) -> PolicyContext {
    PolicyContext(
      connector: connector,
      operation: operation,
      program: program,
      connection: connection,
      lookups: extras.lookups,
      token: extras.token
    )
  }

  private func signing(for connection: ConnectionValues) throws(Diagnostic) -> BoundSigning? {
    if let bound, bound.fits(connection) { return try bound.signing.get() }
    return try Self.makeSigning(signing, connector, connection)
  }

  private static func makeSigning(
    _ signing: RequestSigning?,
    _ connector: Connector,
    _ connection: ConnectionValues
  ) throws(Diagnostic) -> BoundSigning? {
    guard let signing else { return nil }
    return try SigningBinder(connector: connector).bind(signing, to: connection)
  }
}
