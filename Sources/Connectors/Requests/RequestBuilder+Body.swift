internal import Definitions
internal import Diagnostics
internal import OrderedJSON

extension RequestBuilder {
  /// Fills in the body and tells its media type; `nil` when there is no body.
  func placeBody(_ given: GivenInputs, into draft: inout RequestDraft) throws(Diagnostic)
    -> String?
  {
    if operation.hasForm, given.whole == nil { return try placeForm(given, into: &draft) }
    guard let assembler else {
      guard let whole = given.whole else { return nil }
      return try place(whole, rootType: "", isBinary: false, into: &draft)
    }
    guard let value = try assembler.assemble(whole: given.whole, members: given.members) else {
      return nil
    }
    let root = assembler.graph[assembler.graph.root]
    let isBinary = root.format == "binary" || root.type == "file"
    return try place(value, rootType: root.type, isBinary: isBinary, into: &draft)
  }

  private func place(
    _ value: JSON,
    rootType: String,
    isBinary: Bool,
    into draft: inout RequestDraft
  ) throws(Diagnostic) -> String? {
    if let object = value.objectValue, ContentKind.isEnvelope(object) {
      return try place(envelope: object, into: &draft)
    }
    if case .string(let text) = value {
      return place(text, rootType: rootType, isBinary: isBinary, into: &draft)
    }
    if isBinary {
      throw unusable(
        operation.body?.name ?? "body",
        "is \(value.kindName.lowercased()), but the operation sends a file",
        hint: "give a string or an object with '$content-type' and '$content'"
      )
    }
    draft.body = .json(value)
    return consumes.first(where: \.isJSON)?.text ?? "application/json"
  }

  /// Text goes out as it is, unless the schema wants structure and the text holds it.
  private func place(
    _ text: String,
    rootType: String,
    isBinary: Bool,
    into draft: inout RequestDraft
  ) -> String {
    if rootType != "string", !isBinary, let parsed = try? JSON(parsing: text),
      parsed.objectValue != nil || parsed.arrayValue != nil
    {
      draft.body = .json(parsed)
      return consumes.first(where: \.isJSON)?.text ?? "application/json"
    }
    draft.body = .bytes(Array(text.utf8))
    if let declared = consumes.first(where: { !$0.isJSON && !$0.isMultipart && !$0.isForm }) {
      return declared.text
    }
    return isBinary ? "application/octet-stream" : "text/plain"
  }

  private func place(envelope object: JSONObject, into draft: inout RequestDraft)
    throws(Diagnostic) -> String?
  {
    let (type, bytes) = try EnvelopeWriter.message(
      object,
      of: "the parameter '\(operation.body?.name ?? "body")' of '\(operation.id)'"
    )
    draft.body = .bytes(bytes)
    return type
  }
}
