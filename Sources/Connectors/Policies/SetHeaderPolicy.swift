internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// `setheader`: sets, keeps or extends a header.
///
/// Source: connector format reference, section (f), headers and query.
enum SetHeaderPolicy {
  static func apply(
    _ policy: PolicyInstance,
    to message: inout some PolicyMessage,
    in scope: PolicyScope
  ) throws(Diagnostic) {
    guard let name = policy.text("name") else { throw policy.lacks("name") }
    let value = try scope.text(of: PolicyTemplate(policy.text("value") ?? ""))
    guard FieldText.isName(name), FieldText.isValue(value) else {
      throw Diagnostic(
        .policyFailure,
        "the policy '\(policy.title)' makes the unusable header '\(name)'",
        hint: "a header is one line of text; check the values that the policy uses"
      )
    }
    let present = message.headers[name]
    switch ExistsAction(policy) {
    case .skip where present != nil: return
    case .append: message.headers[name] = present.map { "\($0),\(value)" } ?? value
    case .skip, .override: message.headers[name] = value
    }
  }
}
