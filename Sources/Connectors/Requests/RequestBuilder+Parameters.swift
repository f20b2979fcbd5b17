internal import Definitions
internal import Diagnostics
internal import HTTPMessages
internal import OrderedJSON

extension RequestBuilder {
  // MARK: Path

  func placePath(_ given: GivenInputs, into draft: inout RequestDraft) throws(Diagnostic) {
    if let encoded = given.encodedPath {
      draft.path = encoded
      try checkTraversal(encoded, "path")
      return
    }
    var path = ""
    for part in pathParts {
      switch part {
      case .literal(let text): path += text
      case .variable(let name):
        guard let value = try pathText(name, given) else {
          // The platform's own connection id does not reach the service.
          if path.hasSuffix("/") { path.removeLast() }
          continue
        }
        draft.pathValues.append((name, value))
        path += value
      }
    }
    try checkTraversal(path, "path")
    draft.path = path
  }

  /// The encoded value of a path variable; `nil` only for the platform's `connectionId`.
  private func pathText(_ name: String, _ given: GivenInputs) throws(Diagnostic) -> String? {
    let parameter = operation.parameters.first { $0.name == name && $0.location == .path }
    guard let value = given.values[name]?.nonNull ?? parameter?.defaultValue else {
      if name == "connectionId", parameter?.isInternal ?? true { return nil }
      throw missing(name)
    }
    let text =
      parameter.map { ParameterText.texts(value, of: $0).joined(separator: ",") }
      ?? ParameterText.text(value)
    guard !text.isEmpty else {
      throw unusable(name, "is empty, but stands in the path", hint: "give a value")
    }
    let encoded = ComponentEncoding.encode(text)
    return parameter?.isEncodedTwice == true ? ComponentEncoding.encode(encoded) : encoded
  }

  /// A segment of dots would be dropped on the way, and another resource would be addressed.
  private func checkTraversal(_ path: String, _ name: String) throws(Diagnostic) {
    guard path.hasByte(where: { $0 == UInt8(ascii: ".") }) else { return }
    for segment in path.utf8.split(separator: UInt8(ascii: "/"))
    where segment.first == UInt8(ascii: ".") && segment.count < 3 {
      guard segment.allSatisfy({ $0 == UInt8(ascii: ".") }) else { continue }
      let segment = Substring(segment)
      throw unusable(
        name,
        "has the segment '\(segment)', which addresses another resource",
        hint: "give the resource's own identifier"
      )
    }
  }

  // MARK: Query and headers

  func placeQueryAndHeaders(_ given: GivenInputs, into draft: inout RequestDraft)
    throws(Diagnostic)
  {
    for parameter in operation.parameters {
      switch parameter.location {
      case .path, .formData: continue
      case .query:
        for text in try texts(of: parameter, given.values[parameter.name], given.queries) {
          draft.query.append(QueryItem(name: parameter.name, value: text))
        }
      case .header:
        let texts = try texts(of: parameter, given.values[parameter.name], given.headers)
        guard !texts.isEmpty else { continue }
        try setHeader(parameter.name, texts.joined(separator: ","), &draft)
      }
    }
    try placeUndeclared(given, into: &draft)
  }

  private func texts(
    of parameter: OperationParameter,
    _ named: JSON?,
    _ pairs: [(name: String, value: JSON)]
  ) throws(Diagnostic) -> [String] {
    if let named = named?.nonNull { return ParameterText.texts(named, of: parameter) }
    let paired = pairs.filter { isSame($0.name, parameter) && !$0.value.isNull }
    if !paired.isEmpty { return paired.flatMap { ParameterText.texts($0.value, of: parameter) } }
    guard parameter.isRequired else { return [] }
    guard let value = parameter.defaultValue else { throw missing(parameter.name) }
    return ParameterText.texts(value, of: parameter)
  }

  private func isSame(_ name: String, _ parameter: OperationParameter) -> Bool {
    parameter.location == .header
      ? name.isSameFieldName(as: parameter.name) : name == parameter.name
  }

  /// A call by path may carry more than the definition declares.
  private func placeUndeclared(_ given: GivenInputs, into draft: inout RequestDraft)
    throws(Diagnostic)
  {
    for (name, value) in given.queries where !value.isNull && !declares(name, .query) {
      draft.query.append(QueryItem(name: name, value: ParameterText.text(value)))
    }
    for (name, value) in given.headers where !value.isNull && !declares(name, .header) {
      try setHeader(name, ParameterText.text(value), &draft)
    }
  }

  private func declares(_ name: String, _ location: ParameterLocation) -> Bool {
    operation.parameters.contains { $0.location == location && isSame(name, $0) }
  }

  private func setHeader(_ name: String, _ value: String, _ draft: inout RequestDraft)
    throws(Diagnostic)
  {
    guard FieldText.isValue(value) else {
      throw unusable(
        name,
        "holds a line break or another control character",
        hint: "remove it; a header is one line"
      )
    }
    var name = Substring(name)
    while let last = name.last, last == ":" || last.isWhitespace { name.removeLast() }
    draft.headers[String(name)] = value
  }
}
