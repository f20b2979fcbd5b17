internal import Definitions
internal import Diagnostics
internal import OrderedJSON

/// The model that the body policies share: a parent object or array, a property, a new place.
///
/// Source: connector format reference, section (f), JSON body.
enum PropertyRewrite {
  /// Replaces what the policy names by what `change` makes of it; `nil` leaves it.
  static func apply(
    _ policy: PolicyInstance,
    to body: JSON,
    change: (JSON) -> JSON?
  ) -> JSON {
    let source = PropertyPath(text: policy.text("propertySubPath"))
    let target = policy.text("newPropertyPath").map { PropertyPath(text: $0) } ?? source
    return eachParent(PropertyPath(text: policy.text("propertyParentPath")), in: body) { parent in
      guard let value = source.value(in: parent), let changed = change(value) else { return parent }
      return target.setting(changed, in: parent)
    }
  }

  /// Runs `change` on the object at the path, or on each item of the array there.
  static func eachParent(
    _ path: PropertyPath,
    in body: JSON,
    change: (JSON) throws(Diagnostic) -> JSON
  ) throws(Diagnostic) -> JSON {
    guard let parent = path.value(in: body) else { return body }
    guard case .array(let items) = parent else { return path.setting(try change(parent), in: body) }
    var changed: [JSON] = []
    for item in items { changed.append(try change(item)) }
    return path.setting(.array(changed), in: body)
  }

  private static func eachParent(
    _ path: PropertyPath,
    in body: JSON,
    change: (JSON) -> JSON
  ) -> JSON {
    guard let parent = path.value(in: body) else { return body }
    guard case .array(let items) = parent else { return path.setting(change(parent), in: body) }
    return path.setting(.array(items.map(change)), in: body)
  }
}
