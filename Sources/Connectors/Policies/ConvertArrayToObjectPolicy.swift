internal import Definitions
internal import OrderedJSON

/// `convertarraytoobject`: `[{"k": "a", "v": 1}]` becomes `{"a": {"v": 1}}`.
///
/// Source: connector format reference, section (f), JSON body.
enum ConvertArrayToObjectPolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    let keyPath = PropertyPath(text: policy.text("keyWithinCollectionPath"))
    let retainsKey = policy.text("retainKey")?.lowercased() != "false"
    return PropertyRewrite.apply(policy, to: body) { value in
      guard case .array(let items) = value else { return nil }
      var object = JSONObject()
      for item in items {
        guard let key = keyPath.value(in: item) else { continue }
        object[ParameterText.text(key)] = retainsKey ? item : keyPath.setting(nil, in: item)
      }
      return .object(object)
    }
  }
}
