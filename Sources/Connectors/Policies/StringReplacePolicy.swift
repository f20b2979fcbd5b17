internal import Definitions
internal import OrderedJSON

/// `stringreplace`: replaces every occurrence of a text in a property.
///
/// Source: connector format reference, section (f), JSON body.
enum StringReplacePolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    guard let source = policy.text("sourceString"), !source.isEmpty else { return body }
    let replacement = policy.text("replacementString") ?? ""
    return PropertyRewrite.apply(policy, to: body) { value in
      guard let text = value.stringValue else { return nil }
      return .string(
        text.split(separator: source, omittingEmptySubsequences: false)
          .joined(separator: replacement)
      )
    }
  }
}
