package import Definitions
package import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

/// Turns the inputs of one operation into a request; made once for an operation, used for each call.
///
/// Source: connector format reference, section (b).
package struct RequestBuilder: Sendable {
  package let connector: Connector
  package let operation: ConnectorOperation
  let assembler: BodyAssembler?
  let consumes: [MediaType]
  private let accept: String
  /// The path with its fixed text encoded.
  let pathParts: [PathTemplate.Part]

  package init(connector: Connector, operation: ConnectorOperation) {
    self.connector = connector
    self.operation = operation
    assembler = operation.body.map {
      BodyAssembler(operation: operation.id, body: $0, schemas: connector.schemas)
    }
    consumes = (operation.consumes ?? connector.consumes).map(MediaType.init)
    let produces = operation.produces ?? connector.produces
    accept = produces.isEmpty ? "*/*" : produces.joined(separator: ", ")
    pathParts = operation.path.parts.map { part in
      if case .literal(let text) = part { return .literal(ComponentEncoding.encodePath(text)) }
      return part
    }
  }

  /// The request before credentials and policies.
  ///
  /// - Parameters:
  ///   - inputs: What the caller gives, by name or by path.
  ///   - callbackURL: Where a webhook's notifications go; put into the marked property.
  /// - Returns: The draft, with every default that the runtime owes.
  /// - Throws: C0003 for an unknown parameter, C0004 for a missing one, C0005 for a value that
  ///   cannot be sent, C0006 when a path is another operation's.
  package func draft(
    for inputs: OperationInputs,
    callbackURL: String? = nil
  ) throws(Diagnostic) -> RequestDraft {
    let given = try given(inputs, callbackURL)
    var draft = RequestDraft(
      operationID: operation.id,
      method: operation.method,
      base: connector.address,
      path: "",
      query: [],
      headers: [:],
      body: .none,
      pathValues: given.pathValues
    )
    try placePath(given, into: &draft)
    try placeQueryAndHeaders(given, into: &draft)
    let type = try placeBody(given, into: &draft)
    // A boundary is known only here: any other label would make the parts unreadable.
    let isParts = type?.hasPrefix("multipart/") ?? false
    if let type, isParts || draft.headers["Content-Type"] == nil {
      draft.headers["Content-Type"] = type
    }
    if draft.headers["Accept"] == nil { draft.headers["Accept"] = accept }
    return draft
  }

  // MARK: Inputs

  private func given(_ inputs: OperationInputs, _ callbackURL: String?) throws(Diagnostic)
    -> GivenInputs
  {
    var given: GivenInputs
    switch inputs {
    case .named(let map): given = try sort(map)
    case .path(let call): given = try sort(call)
    }
    if let callbackURL, let path = assembler?.graph.notificationURLPath {
      given.members.append((path, .string(callbackURL)))
    }
    return given
  }

  private func sort(_ map: JSONObject) throws(Diagnostic) -> GivenInputs {
    var given = GivenInputs()
    for member in map.members {
      if operation.parameters.contains(where: { $0.name == member.key }) {
        given.values[member.key] = member.value
      } else if let path = assembler?.path(of: member.key) {
        guard !path.isEmpty else {
          given.whole = member.value.nonNull
          continue
        }
        guard assembler?.allows(path) == true else { throw unknown(member.key) }
        given.members.append((path, member.value))
      } else if !given.takeFileInput(member, of: operation) {
        throw unknown(member.key)
      }
    }
    return given
  }

  private func sort(_ call: PathCall) throws(Diagnostic) -> GivenInputs {
    let match = try OperationMatcher.match(call, in: connector)
    guard match.operation.id == operation.id else {
      throw Diagnostic(
        .unmatchedPath,
        "'\(call.method) \(call.path)' is the operation '\(match.operation.id)', "
          + "not '\(operation.id)'"
      )
    }
    var given = GivenInputs()
    given.encodedPath = ComponentEncoding.encodePath(String(call.path.prefix { $0 != "?" }))
    given.pathValues = match.values
    for item in QueryItem.parse(call.path.drop { $0 != "?" }.dropFirst()) {
      given.queries.append((item.name, .string(item.value)))
    }
    given.queries += call.queries.members.map { ($0.key, $0.value) }
    given.headers = call.headers.members.map { ($0.key, $0.value) }
    given.whole = call.body?.nonNull
    if operation.hasForm, let form = given.whole?.objectValue, !ContentKind.isEnvelope(form) {
      given.values = form
      given.whole = nil
    }
    return given
  }

  /// The complaint about a key that means nothing, with the key that was probably meant.
  package func unknown(_ key: String) -> Diagnostic {
    let names = operation.parameters.filter { !$0.isInternal }.map(\.name)
    let keys = names + (assembler?.keys() ?? [])
    let nearest = NearestName.suggestion(for: key, among: keys)
    let known = keys.prefix(12).joined(separator: ", ") + (keys.count > 12 ? ", …" : "")
    return Diagnostic(
      .unknownParameter,
      "'\(operation.id)' has no parameter '\(key)'",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? (keys.isEmpty ? "it takes no parameters" : "known: \(known)")
    )
  }

  func missing(_ name: String) -> Diagnostic {
    Diagnostic(
      .missingParameter,
      "'\(operation.id)' needs the parameter '\(name)'",
      hint: "add '\(name)' to the parameters"
    )
  }

  func unusable(_ name: String, _ why: String, hint: String) -> Diagnostic {
    Diagnostic(
      .unusableParameterValue,
      "the parameter '\(name)' of '\(operation.id)' \(why)",
      hint: hint
    )
  }
}
