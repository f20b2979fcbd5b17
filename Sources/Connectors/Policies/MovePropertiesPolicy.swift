internal import Definitions
internal import OrderedJSON

/// `moveproperties`: moves a property, or lifts its members, to another place.
///
/// Source: connector format reference, section (f), JSON body.
enum MovePropertiesPolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    let source = path(policy, "srcParentPath", "srcSubPath")
    let target = path(policy, "dstParentPath", "dstSubPath")
    guard !source.names.isEmpty, let value = source.value(in: body) else { return body }
    let rest = source.setting(nil, in: body)
    guard policy.text("copyOnlySubProperties")?.lowercased() == "true" else {
      return target.setting(value, in: rest)
    }
    guard let members = value.objectValue?.members else { return body }
    return members.reduce(rest) { body, member in
      PropertyPath(target.names + [member.key]).setting(member.value, in: body)
    }
  }

  private static func path(_ policy: PolicyInstance, _ parent: String, _ sub: String)
    -> PropertyPath
  {
    PropertyPath(
      PropertyPath(text: policy.text(parent)).names + PropertyPath(text: policy.text(sub)).names
    )
  }
}
