package import OrderedJSON

/// The items of a batch.
///
/// Source: connector format reference, section (g).
package enum TriggerItems {
  /// The array itself, the array under `value`, or the only array among the members.
  package static func items(of body: JSON) -> [JSON]? {
    switch body {
    case .array(let items): return items
    case .object(let object):
      if let items = object["value"]?.arrayValue { return items }
      let arrays = object.members.compactMap(\.value.arrayValue)
      return arrays.count == 1 ? arrays[0] : nil
    default: return nil
    }
  }
}
