internal import Definitions
internal import Diagnostics

/// What to do when a header or query parameter is there already.
///
/// Source: connector format reference, section (f), headers and query.
enum ExistsAction: String {
  case override
  case skip
  case append

  init(_ policy: PolicyInstance) {
    self = policy.text("existsAction").flatMap { Self(rawValue: $0.lowercased()) } ?? .override
  }
}

extension PolicyInstance {
  /// The complaint that a parameter of the policy is missing.
  func lacks(_ parameter: String) -> Diagnostic {
    Diagnostic(
      .policyFailure,
      "the policy '\(title)' has no parameter '\(parameter)'",
      hint: "add 'x-ms-apimTemplateParameter.\(parameter)' in apiProperties.json"
    )
  }
}
