internal import Definitions
internal import OrderedJSON

/// Inputs sorted by where they go.
struct GivenInputs {
  /// Non-body parameters by name.
  var values = JSONObject()
  /// The whole body.
  var whole: JSON?
  /// Members of the body, in the order given.
  var members: [(path: [String], value: JSON)] = []
  /// Names of files by form parameter.
  var fileNames: [String: String] = [:]
  /// The path of a call by path, which is encoded already.
  var encodedPath: String?
  var pathValues: [(name: String, value: String)] = []
  /// Queries and headers of a call by path, declared or not.
  var queries: [(name: String, value: JSON)] = []
  var headers: [(name: String, value: JSON)] = []

  /// Takes `file/$content` and `file/$filename`, the two inputs of a file.
  mutating func takeFileInput(_ member: JSONObject.Member, of operation: ConnectorOperation)
    -> Bool
  {
    guard let slash = member.key.lastIndex(of: "/"),
      let parameter = operation.parameter(String(member.key[..<slash])), parameter.isFile
    else { return false }
    switch member.key[member.key.index(after: slash)...] {
    case "$content", "content", "body": values[parameter.name] = member.value
    case "$filename", "filename", "name": fileNames[parameter.name] = member.value.stringValue
    default: return false
    }
    return true
  }
}
