internal import Definitions
internal import Diagnostics
internal import Expressions
internal import HTTPMessages
internal import OrderedJSON

/// Makes the request for a token out of its description.
///
/// Source: definitions/README.md, `tokens`.
enum TokenMapping {
  /// The request, complete and without the connection's other credentials.
  ///
  /// - Throws: C0008 when a template has no value or gives something unusable.
  static func fetch(
    _ name: String,
    _ description: TokenRequest,
    in context: PolicyContext
  ) throws(Diagnostic) -> TokenFetch {
    let scope = ScriptTemplateScope(context, request: .null)
    let value = try ScriptMapping.evaluate(description.request, in: scope, context)
    let url = value["url"].map(ParameterText.text) ?? ""
    guard let target = HTTPRequest(method: "POST", url: url),
      target.scheme == "https" || isLoopback(target)
    else {
      throw Diagnostic(
        .policyFailure,
        "the token request '\(name)' has no https address",
        hint: "correct 'tokens' in runtime.json, or the connection's values that it uses"
      )
    }
    var draft = RequestDraft(
      operationID: context.operation.id,
      method: value["method"]?.stringValue?.uppercased() ?? "POST",
      base: ServiceAddress(scheme: target.scheme, authority: target.authority),
      path: ComponentEncoding.encodePath(target.path),
      query: QueryItem.parse(target.query),
      headers: ["Accept": "application/json"],
      body: .none,
      pathValues: []
    )
    try ScriptMapping.place(value, into: &draft, context)
    place(form: value["form"]?.objectValue, into: &draft)
    return TokenFetch(name: name, request: PreparedRequest(request: draft.request)) { outputs in
      expiry(of: outputs, description, scope)
    }
  }

  private static func isLoopback(_ target: HTTPRequest) -> Bool {
    ServiceAddress(scheme: target.scheme, authority: target.authority).isLoopback
  }

  private static func place(form: JSONObject?, into draft: inout RequestDraft) {
    guard let form else { return }
    let pairs = form.members.map { member in
      ComponentEncoding.encodeForm(member.key) + "="
        + ComponentEncoding.encodeForm(ParameterText.text(member.value))
    }
    draft.body = .bytes(Array(pairs.joined(separator: "&").utf8))
    draft.headers["Content-Type"] = "application/x-www-form-urlencoded"
  }

  private static func expiry(
    of outputs: JSON,
    _ description: TokenRequest,
    _ scope: ScriptTemplateScope
  ) -> Double? {
    var scope = scope
    scope.token = outputs
    let value: JSON?
    if let template = description.expiresIn {
      value = try? template.evaluate(in: scope)
    } else {
      value = outputs["body"]?["expires_in"]
    }
    return value?.doubleValue ?? value?.stringValue.flatMap(Double.init)
  }
}
