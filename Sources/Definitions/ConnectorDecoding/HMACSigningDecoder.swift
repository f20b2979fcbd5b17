internal import Diagnostics
internal import OrderedJSON

/// Reads a signer of the scheme `hmac`.
///
/// Source: definitions/README.md.
enum HMACSigningDecoder {
  static let members = [
    "key", "keyEncoding", "keyId", "parts", "separator", "encoding", "dateHeader", "dateFormat",
    "hashHeader", "header", "value",
  ]

  static func decode(_ value: JSON, at place: [String], _ file: inout DefinitionFile)
    -> HMACSigning?
  {
    guard let key = value["key"]?.stringValue else {
      file.reportDefect(
        "the signer names no key",
        hint: "write \"key\": the connection parameter with the secret",
        at: place
      )
      return nil
    }
    var signing = HMACSigning(key: key)
    signing.keyID = value["keyId"]?.stringValue
    signing.separator = value["separator"]?.stringValue ?? signing.separator
    signing.dateHeader = value["dateHeader"]?.stringValue
    signing.hashHeader = value["hashHeader"]?.stringValue
    signing.header = value["header"]?.stringValue ?? signing.header
    signing.value = value["value"]?.stringValue ?? signing.value
    signing.keyEncoding = choice("keyEncoding", of: value, at: place, &file) ?? .text
    let encodings = HMACSigning.Encoding.ofSignatures
    signing.encoding = choice("encoding", of: value, among: encodings, at: place, &file) ?? .base64
    signing.dateFormat = choice("dateFormat", of: value, at: place, &file) ?? .http
    signing.parts = parts(value["parts"], at: place, &file) ?? signing.parts
    return signing
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String,
    of value: JSON,
    among choices: [Choice] = Array(Choice.allCases),
    at place: [String],
    _ file: inout DefinitionFile
  ) -> Choice? where Choice.RawValue == String {
    guard let written = value[name]?.stringValue else { return nil }
    if let choice = choices.first(where: { $0.rawValue == written }) { return choice }
    let known = choices.map(\.rawValue)
    file.reportUnknownName(written, "'\(name)' cannot be", among: known, at: place + [name])
    return nil
  }

  private static func parts(
    _ value: JSON?,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> [HMACSigning.Part]? {
    guard let words = value?.arrayValue else { return nil }
    var parts: [HMACSigning.Part] = []
    for (index, word) in words.enumerated() {
      if let part = word.stringValue.flatMap(HMACSigning.Part.init) {
        parts.append(part)
      } else {
        file.reportUnknownName(
          word.stringValue ?? word.text,
          "a signature cannot cover",
          among: [
            "method", "target", "path", "query", "host", "date", "body", "bodyHash", "keyId",
            "header:NAME", "headerLine:NAME", "text:WORDS",
          ],
          at: place + ["parts", String(index)]
        )
      }
    }
    return parts
  }
}
