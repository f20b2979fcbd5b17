internal import Definitions
internal import Diagnostics
internal import Expressions
internal import HTTPMessages
internal import OrderedJSON

/// Applies the replacement of a script to a request and to its response.
///
/// Source: definitions/README.md; connector format reference, section (e), pipeline order.
enum ScriptMapping {
  /// The request that goes to the service.
  ///
  /// - Throws: C0008 when a mapping has no value or gives something unusable, C0009 for a host that
  ///   must not have the credentials.
  static func apply(
    _ mapping: Mapping,
    to draft: inout RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    let scope = ScriptTemplateScope(context, request: describe(draft))
    let value = try evaluate(mapping, in: scope, context)
    if let method = value["method"]?.stringValue { draft.method = method.uppercased() }
    if let host = value["host"]?.stringValue { try ScriptHost.set(host, on: &draft, context) }
    if let path = value["path"]?.stringValue {
      draft.path = ComponentEncoding.encodePath(path.hasPrefix("/") ? path : "/" + path)
      try requireNoDots(draft.path, context)
    }
    try place(value, into: &draft, context)
  }

  /// Queries, headers and body of a mapped request.
  ///
  /// - Throws: C0008 for an unusable header or body.
  static func place(
    _ value: JSON,
    into draft: inout RequestDraft,
    _ context: PolicyContext
  ) throws(Diagnostic) {
    for member in value["queries"]?.objectValue?.members ?? [] {
      draft.query.removeAll { $0.name == member.key }
      let values = member.value.arrayValue ?? (member.value.isNull ? [] : [member.value])
      draft.query += values.map { QueryItem(name: member.key, value: ParameterText.text($0)) }
    }
    try setHeaders(value["headers"], &draft, context)
    if let body = value["body"] { try set(body, &draft) }
  }

  /// The response that the flow sees.
  ///
  /// - Throws: C0008 when a mapping has no value or gives something unusable.
  static func apply(
    _ mapping: Mapping,
    to response: inout ResponseDraft,
    of request: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    var scope = ScriptTemplateScope(context, request: describe(request))
    scope.response = .object(ResponseDecoder().outputs(of: response.response))
    try place(try evaluate(mapping, in: scope, context), into: &response, context)
  }

  /// The response that is given without asking the service; 200 unless the mapping says otherwise.
  ///
  /// - Throws: C0008 when a mapping has no value or gives something unusable.
  static func answer(
    _ mapping: Mapping,
    to draft: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) -> HTTPResponse {
    var response = ResponseDraft(HTTPResponse(status: 200))
    let scope = ScriptTemplateScope(context, request: describe(draft))
    try place(try evaluate(mapping, in: scope, context), into: &response, context)
    return response.response
  }

  /// The value of a mapping.
  ///
  /// - Throws: C0008 when it has none.
  static func evaluate(
    _ mapping: Mapping,
    in scope: ScriptTemplateScope,
    _ context: PolicyContext
  ) throws(Diagnostic) -> JSON {
    do throws(ExpressionError) { return try mapping.evaluate(in: scope) } catch {
      throw Diagnostic(
        .policyFailure,
        "the script replacement of '\(context.operation.id)' has no value: \(error.message)",
        hint: error.hint ?? "correct 'scripts' in runtime.json"
      )
    }
  }

  private static func place(
    _ value: JSON,
    into response: inout ResponseDraft,
    _ context: PolicyContext
  ) throws(Diagnostic) {
    if let status = value["statusCode"]?.integerValue, (200..<600).contains(status) {
      response.status = Int(status)
    }
    try setHeaders(value["headers"], &response, context)
    if let body = value["body"] { try set(body, &response) }
  }

  private static func describe(_ draft: RequestDraft) -> JSON {
    var queries = JSONObject()
    for item in draft.query { queries[item.name] = .string(item.value) }
    var variables = JSONObject()
    for value in draft.pathValues {
      variables[value.name] = .string(PercentEncoding.decode(value.value))
    }
    let type = draft.headers["Content-Type"]
    return [
      "method": .string(draft.method), "host": .string(draft.base.authority),
      "path": .string(draft.path), "pathParameters": .object(variables),
      "queries": .object(queries), "headers": .object(ResponseDecoder.headers(draft.headers)),
      "body": draft.json ?? ResponseDecoder().body(draft.body.bytes, type: type) ?? .null,
    ]
  }

  private static func requireNoDots(_ path: String, _ context: PolicyContext) throws(Diagnostic) {
    let segments = path.split(separator: "/").map { PercentEncoding.decode($0) }
    guard segments.contains(where: { $0 == ".." || $0 == "." }) else { return }
    throw Diagnostic(
      .policyFailure,
      "the script replacement of '\(context.operation.id)' makes a path with the segment '..'",
      hint: "encode the values in it with encodeUriComponent() and check them"
    )
  }

  private static func setHeaders(
    _ headers: JSON?,
    _ message: inout some PolicyMessage,
    _ context: PolicyContext
  ) throws(Diagnostic) {
    for member in headers?.objectValue?.members ?? [] {
      guard !member.value.isNull else {
        message.headers[member.key] = nil
        continue
      }
      let text = ParameterText.text(member.value)
      guard FieldText.isName(member.key), FieldText.isValue(text) else {
        throw Diagnostic(
          .policyFailure,
          "the script replacement of '\(context.operation.id)' makes the unusable header "
            + "'\(member.key)'",
          hint: "a header is one line of text"
        )
      }
      message.headers[member.key] = text
    }
  }

  /// The new body; its type follows from the value unless the message has a fitting one.
  private static func set(_ body: JSON, _ message: inout some PolicyMessage) throws(Diagnostic) {
    let present = MediaType(message.headers["Content-Type"] ?? "")
    switch body {
    case .null: message.body = .none
    case .string(let text) where !present.isJSON:
      message.body = .bytes(Array(text.utf8))
      if present.essence.isEmpty { message.headers["Content-Type"] = "text/plain" }
    case .object(let object) where ContentKind.isEnvelope(object):
      let (type, bytes) = try EnvelopeWriter.message(object, of: "the script replacement")
      message.body = .bytes(bytes)
      message.headers["Content-Type"] = type
    default:
      message.body = .json(body)
      if !present.isJSON { message.headers["Content-Type"] = "application/json" }
    }
  }
}
