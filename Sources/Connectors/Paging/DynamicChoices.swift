package import Definitions
package import Diagnostics
package import OrderedJSON

/// The choices for an input: which operation lists them, and how to read its answer.
///
/// Source: connector format reference, section (d), `x-ms-dynamic-values` and `x-ms-dynamic-list`.
package struct DynamicChoices: Sendable {
  package struct Choice: Hashable, Sendable {
    package var value: JSON
    package var title: String

    package init(value: JSON, title: String) {
      self.value = value
      self.title = title
    }
  }

  package let source: DynamicSource
  package let operation: ConnectorOperation

  /// - Throws: C0002 when the operation that lists the choices does not exist.
  package init(source: DynamicSource, in connector: Connector) throws(Diagnostic) {
    guard let operation = connector.operation(source.operationID) else {
      let ids = connector.operations.map(\.id)
      throw Diagnostic(
        .unknownOperation,
        "'\(connector.name)' has no operation '\(source.operationID)', which lists the choices",
        hint: NearestName.suggestion(for: source.operationID, among: ids)
          .map { "did you mean '\($0)'?" }
      )
    }
    self.source = source
    self.operation = operation
  }

  /// The inputs of the listing operation.
  ///
  /// - Parameter given: Inputs chosen so far, by key such as `site` or `body/site`.
  /// - Returns: The flat map for the call.
  /// - Throws: C0004 when it depends on an input that is not chosen yet.
  package func inputs(given: JSONObject) throws(Diagnostic) -> JSONObject {
    var inputs = JSONObject()
    for argument in source.arguments {
      switch argument.value {
      case .value(let value): inputs[argument.name] = value
      case .reference(let key):
        guard let value = Self.value(key, in: given) else {
          throw Diagnostic(
            .missingParameter,
            "the choices depend on '\(key)', which has no value yet",
            hint: "choose '\(key)' first"
          )
        }
        inputs[argument.name] = value
      }
    }
    return inputs
  }

  /// The choices in the body of the answer; items without a value are left out.
  package func choices(in body: JSON) -> [Choice] {
    let items = body.value(at: JSONPointer(source.itemsPath))?.arrayValue ?? []
    return items.compactMap { item in
      guard let value = item.value(at: JSONPointer(source.valuePath)), !value.isNull else {
        return nil
      }
      let title = item.value(at: JSONPointer(source.titlePath)).map(ParameterText.text)
      return Choice(value: value, title: title ?? ParameterText.text(value))
    }
  }

  /// The input under the key itself, else at the key's path inside a whole body.
  private static func value(_ key: String, in given: JSONObject) -> JSON? {
    if let exact = given[key] { return exact.nonNull }
    let names = key.split(separator: "/").map(String.init)
    guard let first = names.first, let whole = given[first] else { return nil }
    return whole.value(at: JSONPointer(Array(names.dropFirst())))?.nonNull
  }
}
