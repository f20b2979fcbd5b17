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
      return read(name: name, text: text, document: try JSONDocument(bytes), damage: FlowDamage())
    } catch {
      return (nil, problems(of: text, error))
    }
  }

  /// Reads a flow for its problems: of a text that is not JSON, as much as can be read.
  ///
  /// What comes of it is not to be run unless it is free of errors.
  package static func inspect(name: String, file: String, bytes: [UInt8])
    -> (flow: Flow?, diagnostics: [Diagnostic])
  {
    let text = SourceText(file: file, bytes: bytes)
    do throws(JSONParseError) {
      return read(name: name, text: text, document: try JSONDocument(bytes), damage: FlowDamage())
    } catch {
      let recovery = JSONRecovery(bytes)
      let defects = problems(of: text, error, recovery)
      guard let document = recovery.document else { return (nil, defects) }
      let (flow, problems) = read(
        name: name,
        text: text.hiding(SecretText.ranges(in: bytes)),
        document: document,
        damage: FlowDamage(recovery.damage)
      )
      return (flow, defects + problems)
    }
  }

  /// All that is wrong with a text that is not JSON, for which the strict reader gave `error`; secrets
  /// do not show.
  package static func problems(of text: SourceText, _ error: JSONParseError) -> [Diagnostic] {
    problems(of: text, error, JSONRecovery(text.bytes))
  }

  private static func problems(
    of text: SourceText,
    _ error: JSONParseError,
    _ recovery: JSONRecovery
  ) -> [Diagnostic] {
    let text = text.hiding(SecretText.ranges(in: text.bytes))
    return (recovery.errors.isEmpty ? [error] : recovery.errors).map { error in
      Diagnostic(
        .invalidJSON,
        error.message,
        hint: error.hint,
        location: text.location(at: error.offset)
      )
    }
  }

  private static func read(
    name: String,
    text: SourceText,
    document: JSONDocument,
    damage: FlowDamage
  ) -> (flow: Flow?, diagnostics: [Diagnostic]) {
    guard let found = FlowContainer.locate(in: document.value) else {
      if damage.explains(.notAFlow, at: JSONPointer()) { return (nil, []) }
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
      secrets: SecretScan.secrets(of: document),
      damage: damage
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
