package import Diagnostics
package import OrderedJSON

/// Decodes flow files in each of the containers that the products use.
///
/// Source: workflow language reference, section a.2.
package enum FlowReader {
  /// Reads a flow; it is `nil` only when the text is no JSON or holds no definition.
  ///
  /// Problems are collected with codes `J0001`, `J0004` and `F0001` to `F0018`.
  package static func read(name: String, file: String, bytes: [UInt8])
    -> (flow: Flow?, diagnostics: [Diagnostic])
  {
    let text = SourceText(file: file, bytes: bytes)
    do throws(JSONParseError) {
      let document = try JSONDocument(bytes)
      return read(name: name, text: text, document: document)
    } catch {
      return (nil, [diagnostic(error, in: text)])
    }
  }

  /// The problem of a text that is not JSON, with its place.
  package static func diagnostic(_ error: JSONParseError, in text: SourceText) -> Diagnostic {
    Diagnostic(
      .invalidJSON,
      error.message,
      hint: error.hint,
      location: text.location(at: error.offset)
    )
  }

  private static func read(name: String, text: SourceText, document: JSONDocument)
    -> (flow: Flow?, diagnostics: [Diagnostic])
  {
    guard let found = FlowContainer.locate(in: document.value) else {
      let problem = Diagnostic(
        .notAFlow,
        "this file holds no workflow definition",
        hint:
          "write {\"definition\": {\"triggers\": {…}, \"actions\": {…}}, \"kind\": \"Stateful\"}",
        location: text.location(of: document.source.range)
      )
      return (nil, [problem])
    }
    let source = FlowSource(
      text: text,
      document: document,
      base: found.pointer,
      secrets: SecretScan.secrets(of: document)
    )
    var decoder = FlowDecoder(source: source)
    let flow = decoder.decode(name: name, container: found)
    return (flow, duplicates(in: source) + decoder.diagnostics)
  }

  private static func duplicates(in source: FlowSource) -> [Diagnostic] {
    source.document.replacedKeys.map { range in
      let key = String(decoding: source.text.bytes[range].dropFirst().dropLast(), as: UTF8.self)
      return Diagnostic(
        .duplicateMember,
        "a later member is named '\(key)' too, so that this one has no effect",
        hint: "give each a name of its own, or remove one of them",
        location: source.text.location(of: range)
      )
    }
  }
}
