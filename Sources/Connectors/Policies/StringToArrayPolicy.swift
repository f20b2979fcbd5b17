internal import Definitions
internal import OrderedJSON

/// `stringtoarray`: `"x;y"` becomes `[{"id": "x"}, {"id": "y"}]`.
///
/// Source: connector format reference, section (f), JSON body.
enum StringToArrayPolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    let delimiters = Set(policy.text("delimiterList") ?? ",")
    let child = policy.text("childPropertyName").flatMap { $0.isEmpty ? nil : $0 }
    return PropertyRewrite.apply(policy, to: body) { value in
      guard let text = value.stringValue else { return nil }
      let words = text.split { delimiters.contains($0) }.map { MediaType.trimmed($0) }
      return .array(
        words.filter { !$0.isEmpty }.map { word in
          child.map { .object([$0: .string(word)]) } ?? .string(word)
        }
      )
    }
  }
}
