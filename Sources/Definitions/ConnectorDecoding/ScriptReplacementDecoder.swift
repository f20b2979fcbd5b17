internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Reads `scripts` of `runtime.json`.
///
/// Source: definitions/README.md.
enum ScriptReplacementDecoder {
  private static let requestMembers = ["method", "path", "queries", "headers", "body"]
  private static let responseMembers = ["statusCode", "headers", "body"]

  /// The replacements by operationId in lower case; one with a defect is left out.
  static func decode(
    _ value: JSON?,
    of connector: Connector,
    _ file: inout DefinitionFile
  ) -> [String: ScriptReplacement] {
    var replacements: [String: ScriptReplacement] = [:]
    for member in value?.objectValue?.members ?? [] {
      let place = ["scripts", member.key]
      if member.key != "*", connector.operation(member.key) == nil {
        let ids = connector.operations.map(\.id)
        report(
          "the connector has no operation '\(member.key)'",
          hint: NearestName.suggestion(for: member.key, among: ids).map { "did you mean '\($0)'?" },
          at: place,
          &file
        )
      }
      reportUnknown(member.value, among: ["request", "response"], at: place, &file)
      let request = template("request", requestMembers, of: member.value, at: place, &file)
      let response = template("response", responseMembers, of: member.value, at: place, &file)
      guard let request, let response else { continue }
      replacements[member.key.lowercased()] = ScriptReplacement(
        request: request.template,
        response: response.template
      )
    }
    return replacements
  }

  /// The template of one member, which may be absent; `nil` when it cannot be used.
  private static func template(
    _ name: String,
    _ known: [String],
    of value: JSON,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> (template: Template?, Void)? {
    guard let object = value[name] else { return (Template?.none, ()) }
    let place = place + [name]
    reportUnknown(object, among: known, at: place, &file)
    for problem in Template.check(object) where problem.severity == .error {
      report(problem.message, hint: problem.hint, at: place + problem.pointer.tokens, &file)
    }
    let text = object.text.lowercased()
    for function in ["utcnow(", "guid(", "rand("] where text.contains(function) {
      report(
        "'\(function.dropLast())' has no meaning here: the same request must always look the same",
        hint: "let the flow give the value",
        at: place,
        &file
      )
      return nil
    }
    guard let template = try? Template(compiling: object) else { return nil }
    return (template, ())
  }

  private static func reportUnknown(
    _ value: JSON,
    among known: [String],
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    for key in value.objectValue?.keys.map({ $0 }) ?? [] where !known.contains(key) {
      let nearest = NearestName.suggestion(for: key, among: known)
      report(
        "there is no member '\(key)' here",
        hint: nearest.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
        at: place + [key],
        &file
      )
    }
  }

  private static func report(
    _ message: String,
    hint: String? = nil,
    at tokens: [String],
    _ file: inout DefinitionFile
  ) {
    file.report(.runtimeSettingsDefect, message, hint: hint, severity: .error, at: tokens)
  }
}
