import Diagnostics
import OrderedJSON

/// What a member that the language does not know was meant to be.
struct UnknownMember {
  /// The member that is not there, and that this one stands for.
  let meant: String?
  /// The object that it belongs into, when that is not there either.
  let home: String?
  let hint: String

  /// `shapes` are the members that the object can have.
  init(_ member: JSONObject.Member, of object: JSON, _ shapes: [MemberShape]) {
    let names = shapes.map(\.name)
    func isAbsent(_ name: String) -> Bool { names.contains(name) && object[name] == nil }
    if let near = NearestName.suggestion(for: member.key, among: names) {
      meant = isAbsent(near) ? near : nil
      home = nil
      hint =
        near.lowercased() == member.key.lowercased()
        ? "write '\(near)': upper and lower case count" : "did you mean '\(near)'?"
    } else if let other = Self.otherWords[member.key]?.first(where: isAbsent) {
      (meant, home, hint) = (other, nil, "did you mean '\(other)'?")
    } else if let owner = shapes.first(where: { $0.shape.names.contains(member.key) })?.name {
      meant = isAbsent(owner) ? owner : nil
      home = meant
      hint = "it belongs into \"\(owner)\": {…}"
    } else if isAbsent("actions"), member.value["type"]?.stringValue != nil {
      (meant, home, hint) = ("actions", "actions", "put it into \"actions\": {…}")
    } else {
      (meant, home, hint) = (nil, nil, "remove it, or check at which level it belongs")
    }
  }

  /// What people write who think of another language, or of another type of action.
  private static let otherWords: [String: [String]] = [
    "items": ["foreach"], "collection": ["foreach"], "in": ["foreach"], "from": ["foreach"],
    "do": ["actions"], "steps": ["actions"], "then": ["actions"], "body": ["actions"],
    "condition": ["expression"], "if": ["expression"], "on": ["expression"],
    "while": ["expression"],
    "otherwise": ["else", "default"], "dependsOn": ["runAfter"], "needs": ["runAfter"],
    "inputs": ["recurrence"], "schedule": ["recurrence"], "url": ["uri"], "address": ["uri"],
    "verb": ["method"], "map": ["select"], "filter": ["where"], "separator": ["joinWith"],
    "status": ["runStatus", "statusCode"], "default": ["defaultValue", "else"],
    "with": ["inputs"], "parameters": ["inputs"], "retry": ["retryPolicy"],
  ]
}

extension ValueShape {
  /// The members that it has, or that the elements of its list have.
  fileprivate var names: [String] {
    switch self {
    case .object(let members): members.map(\.name)
    case .list(.object(let members)): members.map(\.name)
    default: []
    }
  }
}
