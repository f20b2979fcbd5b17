internal import Diagnostics
internal import OrderedJSON

/// Rules on the frame of a definition: version, host, base path, schemes, paths.
///
/// Source: connector format reference, section (k), structure.
enum StructureRules {
  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    let root = file.value
    if root["swagger"]?.stringValue != "2.0" {
      file.report(.structureAdvice, "'swagger' is not \"2.0\"", at: ["swagger"])
    }
    if root["info"]?["title"]?.stringValue == nil {
      file.report(.structureAdvice, "'info' has no title", at: ["info"], onKey: true)
    }
    if root["info"]?["version"] == nil {
      file.report(.structureAdvice, "'info' has no version", at: ["info"], onKey: true)
    }
    reportAddress(root, &file)
    reportPaths(root, &file)
  }

  private static func reportAddress(_ root: JSON, _ file: inout DefinitionFile) {
    if let host = root["host"]?.stringValue, host.contains("/") {
      file.report(
        .structureAdvice,
        "the host '\(host)' contains a scheme or a path",
        hint: "put the path into 'basePath' and the scheme into 'schemes'",
        at: ["host"]
      )
    }
    if let base = root["basePath"]?.stringValue, !base.hasPrefix("/") {
      file.report(
        .structureAdvice,
        "the base path '\(base)' does not start with '/'",
        at: ["basePath"]
      )
    }
    for (index, scheme) in (root["schemes"]?.arrayValue ?? []).enumerated() {
      let name = scheme.stringValue ?? ""
      guard name != "https", name != "http" else { continue }
      file.report(
        .structureAdvice,
        "the scheme '\(name)' is neither 'https' nor 'http'",
        at: ["schemes", String(index)]
      )
    }
  }

  private static func reportPaths(_ root: JSON, _ file: inout DefinitionFile) {
    var shapes: [String: String] = [:]
    for path in root["paths"]?.objectValue.map({ Array($0.keys) }) ?? [] {
      if path.contains(where: { "?#*".contains($0) }) {
        file.report(
          .structureAdvice,
          "the path '\(path)' contains a query, a fragment or '*'",
          hint: "declare query parameters instead",
          at: ["paths", path],
          onKey: true
        )
      }
      if let other = shapes.updateValue(path, forKey: shape(path)) {
        file.report(
          .structureAdvice,
          "the path '\(path)' cannot be told from '\(other)'",
          at: ["paths", path],
          onKey: true
        )
      }
    }
  }

  /// The path with its variables' names left out.
  private static func shape(_ path: String) -> String {
    PathTemplate(path).parts.map { part in
      if case .literal(let text) = part { text.lowercased() } else { "{}" }
    }.joined()
  }
}
