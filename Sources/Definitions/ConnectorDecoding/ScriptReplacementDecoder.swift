internal import Diagnostics
internal import OrderedJSON

/// Reads `scripts` of `runtime.json`.
///
/// Source: definitions/README.md.
enum ScriptReplacementDecoder {
  private static let requestMembers = ["method", "host", "path", "queries", "headers", "body"]
  private static let responseMembers = ["statusCode", "headers", "body"]

  /// The replacements by operationId in lower case; one with a defect is left out.
  static func decode(
    _ value: JSON?,
    of connector: Connector,
    settings: RuntimeSettings,
    _ file: inout DefinitionFile
  ) -> [String: ScriptReplacement] {
    var replacements: [String: ScriptReplacement] = [:]
    for member in value?.objectValue?.members ?? [] {
      let place = ["scripts", member.key]
      if member.key != "*", connector.operation(member.key) == nil {
        let ids = connector.operations.map(\.id)
        file.reportUnknownName(member.key, "the connector has no operation", among: ids, at: place)
      }
      let known = ["token", "signer", "request", "response", "answer"]
      file.reportUnknownMembers(of: member.value, among: known, at: place)
      guard var replacement = mappings(of: member.value, at: place, &file) else { continue }
      replacement.token = name("token", member.value, settings.tokens.keys, at: place, &file)
      replacement.signer = name("signer", member.value, settings.signers.keys, at: place, &file)
      replacements[member.key.lowercased()] = replacement
    }
    return replacements
  }

  private static func mappings(
    of value: JSON,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> ScriptReplacement? {
    let request = MappingDecoder.decode("request", requestMembers, of: value, at: place, &file)
    let response = MappingDecoder.decode("response", responseMembers, of: value, at: place, &file)
    let answer = MappingDecoder.decode("answer", responseMembers, of: value, at: place, &file)
    guard let request, let response, let answer else { return nil }
    var replacement = ScriptReplacement()
    replacement.request = request.mapping
    replacement.response = response.mapping
    replacement.answer = answer.mapping
    if replacement.answer != nil, replacement.request != nil || replacement.response != nil {
      file.reportDefect(
        "an 'answer' is given without asking the service, so nothing else has an effect",
        hint: "keep 'answer', or 'request' and 'response'",
        at: place
      )
    }
    return replacement
  }

  /// A name of something that the file defines elsewhere.
  private static func name(
    _ member: String,
    _ value: JSON,
    _ known: some Collection<String>,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> String? {
    guard let name = value[member]?.stringValue else { return nil }
    guard !known.contains(name) else { return name }
    file.reportUnknownName(
      name,
      "'\(member)s' has no",
      among: known.sorted(),
      at: place + [member]
    )
    return nil
  }
}
