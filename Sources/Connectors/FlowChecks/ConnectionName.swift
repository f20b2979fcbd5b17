internal import OrderedJSON

/// The connection that the host of an action or trigger names, when it is written out.
struct ConnectionName {
  let text: String
  /// Below `host`.
  let path: [String]

  init?(_ inputs: JSON) {
    let candidates = [
      ["connectionName"], ["connection", "referenceName"], ["connection", "name"], ["connection"],
    ]
    for path in candidates {
      guard let written = inputs["host"]?.value(at: JSONPointer(path))?.stringValue else {
        continue
      }
      guard let text = Self.name(written) else { return nil }
      self.text = text
      self.path = path
      return
    }
    return nil
  }

  /// The last part of a resource id, or the name inside `@parameters('$connections')['name']…`.
  private static func name(_ written: String) -> String? {
    guard written.contains("@") else {
      return written.split(separator: "/").last.map(String.init)
    }
    let parts = written.split(separator: "'")
    guard parts.count >= 4, parts[1] == "$connections" else { return nil }
    return String(parts[3])
  }
}
