import Engine
import HTTPMessages
import OrderedJSON

/// The paths of resources; they are their ids, too.
enum Links {
  static func workflow(_ name: String) -> String {
    "/api/workflows/\(PercentEncoding.encode(name))"
  }

  static func run(_ run: RunID, of flow: String) -> String {
    "\(workflow(flow))/runs/\(PercentEncoding.encode(run.text))"
  }

  static func trigger(_ name: String, of flow: String) -> String {
    "\(workflow(flow))/triggers/\(PercentEncoding.encode(name))"
  }

  static func version(_ hash: String, of flow: String) -> String {
    "\(workflow(flow))/versions/\(hash)"
  }

  /// A resource in the envelope that all of them have.
  ///
  /// Source: workflow language reference, section (g).
  static func resource(_ id: String, _ name: String, _ type: String, _ properties: JSONObject)
    -> JSON
  {
    [
      "id": .string(id), "name": .string(name), "type": .string(type),
      "properties": .object(properties),
    ]
  }

  /// Where a content that may be large is, and how large it is.
  static func content(_ value: JSON, at uri: String) -> JSON {
    ["uri": .string(uri), "contentSize": .integer(Int64(value.bytes.count))]
  }
}
