internal import Definitions
internal import Diagnostics
internal import HTTPMessages

/// `setqueryparameter`: sets, keeps or extends a query parameter.
///
/// Source: connector format reference, section (f), headers and query.
enum SetQueryParameterPolicy {
  static func apply(
    _ policy: CompiledPolicy,
    to draft: inout RequestDraft,
    in scope: PolicyScope
  ) throws(Diagnostic) {
    guard let written = policy.text("name") else { throw policy.instance.lacks("name") }
    let name = PercentEncoding.decode(written)
    let value =
      try policy.template("value").map { template throws(Diagnostic) in
        try scope.text(of: template)
      } ?? ""
    let position = draft.query.firstIndex { $0.name == name }
    guard let position else {
      draft.query.append(QueryItem(name: name, value: value))
      return
    }
    switch ExistsAction(policy.instance) {
    case .skip: return
    case .append: draft.query[position].value += ",\(value)"
    case .override:
      draft.query[position].value = value
      let later = draft.query[(position + 1)...].filter { $0.name != name }
      draft.query.replaceSubrange((position + 1)..., with: later)
    }
  }
}
