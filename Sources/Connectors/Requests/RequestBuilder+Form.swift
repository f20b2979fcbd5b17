internal import Definitions
internal import Diagnostics
internal import OrderedJSON

extension RequestBuilder {
  /// Writes the form parameters, url-encoded or as parts.
  func placeForm(_ given: GivenInputs, into draft: inout RequestDraft) throws(Diagnostic)
    -> String?
  {
    var fields: [(parameter: OperationParameter, value: JSON)] = []
    for parameter in operation.parameters where parameter.location == .formData {
      if let value = given.values[parameter.name]?.nonNull {
        fields.append((parameter, value))
      } else if parameter.isRequired {
        guard let value = parameter.defaultValue else { throw missing(parameter.name) }
        fields.append((parameter, value))
      }
    }
    guard !fields.isEmpty else { return nil }
    return isMultipart(fields.map(\.parameter))
      ? try placeParts(fields, given, into: &draft) : placePairs(fields, into: &draft)
  }

  private func isMultipart(_ parameters: [OperationParameter]) -> Bool {
    if parameters.contains(where: \.isFile) { return true }
    return !consumes.contains(where: \.isForm)
      && consumes.contains { $0.isMultipart || $0.essence == "application/form-data" }
  }

  private func placePairs(
    _ fields: [(parameter: OperationParameter, value: JSON)],
    into draft: inout RequestDraft
  ) -> String {
    let pairs = fields.flatMap { field in
      ParameterText.texts(field.value, of: field.parameter).map { text in
        "\(ComponentEncoding.encodeForm(field.parameter.name))="
          + ComponentEncoding.encodeForm(text)
      }
    }
    draft.body = .bytes(Array(pairs.joined(separator: "&").utf8))
    return "application/x-www-form-urlencoded"
  }

  private func placeParts(
    _ fields: [(parameter: OperationParameter, value: JSON)],
    _ given: GivenInputs,
    into draft: inout RequestDraft
  ) throws(Diagnostic) -> String {
    var parts: [MultipartPart] = []
    for field in fields {
      if field.parameter.isFile {
        parts.append(try filePart(field.parameter, field.value, given))
      } else {
        parts += ParameterText.texts(field.value, of: field.parameter).map { text in
          MultipartPart(name: field.parameter.name, body: Array(text.utf8))
        }
      }
    }
    let (boundary, bytes) = MultipartWriter.write(parts)
    draft.body = .bytes(bytes)
    return "multipart/form-data; boundary=\"\(boundary)\""
  }

  private func filePart(
    _ parameter: OperationParameter,
    _ value: JSON,
    _ given: GivenInputs
  ) throws(Diagnostic) -> MultipartPart {
    let name =
      given.fileNames[parameter.name] ?? value["$filename"]?.stringValue
      ?? parameter.name
    let bytes: [UInt8]
    var type = "application/octet-stream"
    if let envelope = ContentEnvelope(value) {
      (bytes, type) = (envelope.bytes, envelope.contentType)
    } else if let text = value.stringValue {
      bytes = Array(text.utf8)
    } else {
      throw unusable(
        parameter.name,
        "is \(value.kindName.lowercased()), not the content of a file",
        hint: "give a string or an object with '$content-type' and '$content'"
      )
    }
    return MultipartPart(
      name: parameter.name,
      fileName: name,
      contentType: FieldText.isValue(type) ? type : "application/octet-stream",
      body: bytes
    )
  }
}
