internal import Definitions
internal import OrderedJSON

/// `convertobjecttoarray`: `{"a": {"v": 1}}` becomes `[{"key": "a", "value": {"v": 1}}]`.
///
/// Source: connector format reference, section (f), JSON body.
enum ConvertObjectToArrayPolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    let keyName = policy.text("keyName").flatMap { $0.isEmpty ? nil : $0 } ?? "key"
    let valueName = policy.text("valueName").flatMap { $0.isEmpty ? nil : $0 } ?? "value"
    return PropertyRewrite.apply(policy, to: body) { value in
      guard case .object(let object) = value else { return nil }
      return .array(
        object.members.map { member in
          .object([keyName: .string(member.key), valueName: member.value])
        }
      )
    }
  }
}
