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
  /// - Throws: C0008 when a template has no value or gives something unusable.
  static func apply(
    _ template: Template,
    to draft: inout RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    let scope = scope(context, request: describe(draft))
    let value = try evaluate(template, in: scope, context)
    if let method = value["method"]?.stringValue { draft.method = method.uppercased() }
    if let path = value["path"]?.stringValue {
      draft.path = ComponentEncoding.encodePath(path.hasPrefix("/") ? path : "/" + path)
    }
    for member in value["queries"]?.objectValue?.members ?? [] {
      draft.query.removeAll { $0.name == member.key }
      let values = member.value.arrayValue ?? (member.value.isNull ? [] : [member.value])
      draft.query += values.map { QueryItem(name: member.key, value: ParameterText.text($0)) }
    }
    try setHeaders(value["headers"], &draft, context)
    if let body = value["body"] { set(body, &draft) }
  }

  /// The response that the flow sees.
  ///
  /// - Throws: C0008 when a template has no value or gives something unusable.
  static func apply(
    _ template: Template,
    to response: inout ResponseDraft,
    of request: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    var scope = scope(context, request: describe(request))
    scope.response = .object(ResponseDecoder().outputs(of: response.response))
    let value = try evaluate(template, in: scope, context)
    if let status = value["statusCode"]?.integerValue, (200..<600).contains(status) {
      response.status = Int(status)
    }
    try setHeaders(value["headers"], &response, context)
    if let body = value["body"] { set(body, &response) }
  }

  private static func scope(_ context: PolicyContext, request: JSON) -> ScriptTemplateScope {
    ScriptTemplateScope(
      connection: context.connection,
      parameterSet: context.connector.parameterSet(context.connection.parameterSet),
      request: request
    )
  }

  private static func describe(_ draft: RequestDraft) -> JSON {
    var queries = JSONObject()
    for item in draft.query { queries[item.name] = .string(item.value) }
    let type = draft.headers["Content-Type"]
    return [
      "method": .string(draft.method), "path": .string(draft.path), "queries": .object(queries),
      "headers": .object(ResponseDecoder.headers(draft.headers)),
      "body": draft.json ?? ResponseDecoder().body(draft.body.bytes, type: type) ?? .null,
    ]
  }

  private static func evaluate(
    _ template: Template,
    in scope: ScriptTemplateScope,
    _ context: PolicyContext
  ) throws(Diagnostic) -> JSON {
    do throws(ExpressionError) { return try template.evaluate(in: scope) } catch {
      throw Diagnostic(
        .policyFailure,
        "the script replacement of '\(context.operation.id)' has no value: \(error.message)",
        hint: error.hint ?? "correct 'scripts' in runtime.json"
      )
    }
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
  private static func set(_ body: JSON, _ message: inout some PolicyMessage) {
    let present = MediaType(message.headers["Content-Type"] ?? "")
    switch body {
    case .null: message.body = .none
    case .string(let text) where !present.isJSON:
      message.body = .bytes(Array(text.utf8))
      if present.essence.isEmpty { message.headers["Content-Type"] = "text/plain" }
    default:
      if let envelope = ContentEnvelope(body) {
        message.body = .bytes(envelope.bytes)
        message.headers["Content-Type"] = envelope.contentType
        return
      }
      message.body = .json(body)
      if !present.isJSON { message.headers["Content-Type"] = "application/json" }
    }
  }
}
