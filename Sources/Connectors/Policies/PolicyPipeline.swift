internal import Definitions
internal import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

/// Applies the policies of a connector in the order of the file.
///
/// Source: connector format reference, sections (e) pipeline order and (f).
enum PolicyPipeline {
  /// What is left to do after the request policies.
  enum Progress: Sendable {
    case done(RequestDraft)
    /// A policy needs the answer to this first; run the pipeline again with it.
    case needsLookup(RequestDraft)
  }

  /// Runs the request policies on a draft that has its credentials.
  ///
  /// - Throws: C0008 when a policy cannot be applied, C0009 when an input chooses a foreign host.
  static func applyRequestPolicies(
    to draft: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) -> Progress {
    var draft = draft
    var lookups = context.lookups[...]
    for policy in context.program.requests {
      guard policy.instance.template == "setvaluefromurl" else {
        try apply(policy, to: &draft, in: context)
        continue
      }
      guard let answer = lookups.popFirst() else {
        return .needsLookup(try SetValueFromURLPolicy.lookup(policy, for: draft, in: context))
      }
      try SetValueFromURLPolicy.apply(policy, answer: answer, to: &draft, in: context)
    }
    return .done(draft)
  }

  /// Runs the response policies, and those for failures when the status is none of success.
  ///
  /// - Throws: C0008 when a policy cannot be applied.
  static func applyResponsePolicies(
    to response: HTTPResponse,
    of request: RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) -> HTTPResponse {
    var draft = ResponseDraft(response)
    for policy in context.program.responses {
      if policy.instance.section == .failure, response.isSuccess { continue }
      let scope = context.scope(of: draft, to: request)
      if policy.instance.template == "setheader" {
        try SetHeaderPolicy.apply(policy, to: &draft, in: scope)
      } else {
        try applyToBody(policy.instance, of: &draft, in: scope)
      }
    }
    return draft.response
  }

  private static func apply(
    _ policy: CompiledPolicy,
    to draft: inout RequestDraft,
    in context: PolicyContext
  ) throws(Diagnostic) {
    let scope = context.scope(of: draft)
    switch policy.instance.template {
    case "dynamichosturl", "dynamicsubdomain":
      try DynamicHostPolicy.apply(policy, to: &draft, in: scope, of: context.connector)
    case "routerequesttoendpoint": try RoutePolicy.apply(policy, to: &draft, in: scope)
    case "setheader": try SetHeaderPolicy.apply(policy, to: &draft, in: scope)
    case "setqueryparameter": try SetQueryParameterPolicy.apply(policy, to: &draft, in: scope)
    default: try applyToBody(policy.instance, of: &draft, in: scope)
    }
  }

  /// The policies on JSON bodies; other bodies pass, and so do templates without effect here.
  private static func applyToBody(
    _ policy: PolicyInstance,
    of message: inout some PolicyMessage,
    in scope: PolicyScope
  ) throws(Diagnostic) {
    guard bodyTemplates.contains(policy.template), let body = scope.body else { return }
    switch policy.template {
    case "setproperty":
      message.body = .json(try SetPropertyPolicy.apply(policy, to: body, in: scope))
    case "convertarraytoobject":
      message.body = .json(ConvertArrayToObjectPolicy.apply(policy, to: body))
    case "convertobjecttoarray":
      message.body = .json(ConvertObjectToArrayPolicy.apply(policy, to: body))
    case "stringtoarray": message.body = .json(StringToArrayPolicy.apply(policy, to: body))
    case "stringreplace": message.body = .json(StringReplacePolicy.apply(policy, to: body))
    case "encodepropertyvalue":
      message.body = .json(EncodePropertyValuePolicy.apply(policy, to: body))
    default: message.body = .json(MovePropertiesPolicy.apply(policy, to: body))
    }
  }

  private static let bodyTemplates: Set<String> = [
    "setproperty", "convertarraytoobject", "convertobjecttoarray", "stringtoarray",
    "stringreplace", "encodepropertyvalue", "moveproperties",
  ]
}
