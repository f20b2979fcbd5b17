internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// `setheader`: sets, keeps or extends a header.
///
/// Source: connector format reference, section (f), headers and query.
enum SetHeaderPolicy {
  static func apply(
    _ policy: CompiledPolicy,
    to message: inout some PolicyMessage,
    in scope: PolicyScope
  ) throws(Diagnostic) {
    guard let name = policy.text("name") else { throw policy.instance.lacks("name") }
    let value =
      try policy.template("value").map { template throws(Diagnostic) in
        try scope.text(of: template)
      } ?? ""
    guard FieldText.isName(name), FieldText.isValue(value) else {
      throw Diagnostic(
        .policyFailure,
        "the policy '\(policy.title)' makes the unusable header '\(name)'",
        hint: "a header is one line of text; check the values that the policy uses"
      )
    }
    let present = message.headers[name]
    switch ExistsAction(policy.instance) {
    case .skip where present != nil: return
    case .append: message.headers[name] = present.map { "\($0),\(value)" } ?? value
    case .skip, .override: message.headers[name] = value
    }
  }
}
