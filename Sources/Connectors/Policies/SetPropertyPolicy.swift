internal import Definitions
internal import Diagnostics
internal import OrderedJSON

/// `setproperty`: writes a literal or another value into the body.
///
/// Source: connector format reference, section (f), JSON body.
enum SetPropertyPolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON, in scope: PolicyScope)
    throws(Diagnostic) -> JSON
  {
    let parent = PropertyPath(text: policy.text("newPropertyParentPathTemplate"))
    let target = PropertyPath(text: policy.text("newPropertySubPathTemplate"))
    let template = PolicyTemplate(policy.text("propertyValuePathTemplate") ?? "")
    if parent.value(in: body) == nil {
      let value = try scope.value(of: template)
      return PropertyPath(parent.names + target.names).setting(value, in: body)
    }
    return try PropertyRewrite.eachParent(parent, in: body) { item throws(Diagnostic) in
      var inner = scope
      inner.item = item
      return target.setting(try inner.value(of: template), in: item)
    }
  }
}
