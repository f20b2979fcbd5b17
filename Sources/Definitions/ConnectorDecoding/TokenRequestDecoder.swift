internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Reads `tokens` of `runtime.json`.
///
/// Source: definitions/README.md.
enum TokenRequestDecoder {
  private static let members = ["method", "url", "queries", "headers", "form", "body"]

  /// The token requests by name; one with a defect is left out.
  static func decode(_ value: JSON?, _ file: inout DefinitionFile) -> [String: TokenRequest] {
    var requests: [String: TokenRequest] = [:]
    for member in value?.objectValue?.members ?? [] {
      let place = ["tokens", member.key]
      file.reportUnknownMembers(of: member.value, among: ["request", "expiresIn"], at: place)
      guard member.value["request"]?["url"] != nil else {
        file.reportDefect(
          "the token request '\(member.key)' has no address",
          hint: "write \"request\": {\"url\": \"https://…\", …}",
          at: place
        )
        continue
      }
      let request = MappingDecoder.decode("request", members, of: member.value, at: place, &file)
      let expiry = MappingDecoder.template("expiresIn", of: member.value, at: place, &file)
      guard let request = request?.mapping, let expiry else { continue }
      requests[member.key] = TokenRequest(request: request, expiresIn: expiry.template)
    }
    return requests
  }
}
