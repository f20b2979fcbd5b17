internal import Definitions
internal import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

/// `setvaluefromurl`: asks the service for a value and puts it into the request.
///
/// Source: connector format reference, section (f), others.
enum SetValueFromURLPolicy {
  /// The request that fetches the value; it goes to the service of the draft.
  static func lookup(
    _ policy: CompiledPolicy,
    for draft: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) -> RequestDraft {
    guard let template = policy.template("parametervalueurl") else {
      throw policy.instance.lacks("parameterValueUrl")
    }
    let url = try context.scope(of: draft).text(of: template) { ComponentEncoding.encodePath($0) }
    var lookup = draft
    lookup.method =
      policy.text("httpMethod").flatMap { $0.isEmpty ? nil : $0.uppercased() } ?? "GET"
    lookup.query = []
    lookup.body = .none
    try address(&lookup, url, policy)
    try CredentialBinder(connector: context.connector).attach(context.connection, to: &lookup)
    // Policies before this one may have changed the credential, so the draft's headers count.
    lookup.headers = draft.headers
    lookup.headers["Accept"] = "application/json"
    if lookup.method == "GET" { lookup.headers["Content-Type"] = nil }
    return lookup
  }

  /// The draft with the value that the answer holds.
  static func apply(
    _ policy: CompiledPolicy,
    answer: HTTPResponse,
    to draft: inout RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    guard answer.isSuccess else {
      throw Diagnostic(
        .policyFailure,
        "the look-up of the policy '\(policy.title)' was answered with status \(answer.status)",
        hint: "check the inputs and the connection"
      )
    }
    var scope = context.scope(of: ResponseDraft(answer), to: draft)
    scope.body = scope.body ?? (try? JSON(parsing: answer.body))
    guard let template = policy.template("parametervaluepathtemplate") else {
      throw policy.instance.lacks("parameterValuePathTemplate")
    }
    let value = try scope.value(of: template)
    try place(value, policy, &draft)
  }

  private static func address(
    _ lookup: inout RequestDraft,
    _ url: String,
    _ policy: CompiledPolicy
  ) throws(Diagnostic) {
    var relative = url
    if let absolute = HTTPRequest(method: "GET", url: url) {
      guard absolute.authority.lowercased() == lookup.base.authority.lowercased(),
        absolute.scheme == lookup.base.scheme
      else {
        throw Diagnostic(
          .hostNotAllowed,
          "the look-up of the policy '\(policy.title)' goes to another host",
          hint: "write 'parameterValueUrl' relative to the service"
        )
      }
      lookup.base.basePath = ""
      relative = absolute.target
    }
    let path = relative.prefix { $0 != "?" }
    lookup.path = path.hasPrefix("/") ? String(path) : "/" + path
    lookup.query = QueryItem.parse(relative.dropFirst(path.count + 1))
  }

  private static func place(_ value: JSON, _ policy: CompiledPolicy, _ draft: inout RequestDraft)
    throws(Diagnostic)
  {
    let target = policy.template("parametertemplate")?.onlyExpression
    guard let target else { throw policy.instance.lacks("parameterTemplate") }
    let name = target.arguments.first ?? ""
    let text = ParameterText.text(value)
    switch target.root {
    case .headers:
      guard FieldText.isName(name), FieldText.isValue(text) else {
        throw policy.instance.lacks("parameterTemplate")
      }
      draft.headers[name] = text
    case .queryParameters:
      draft.query.removeAll { $0.name == name }
      draft.query.append(QueryItem(name: name, value: text))
    default:
      let body = draft.json ?? .object(JSONObject())
      draft.body = .json(PropertyPath(target).setting(value, in: body))
    }
  }
}
