package import Definitions
package import Diagnostics
internal import OrderedJSON

/// Where the choices for one input of an operation come from.
///
/// Source: connector format reference, section (d).
package enum ParameterChoices: Sendable {
  /// The definition lists them.
  case listed([DynamicChoices.Choice])
  /// Another operation does.
  case dynamic(DynamicChoices)

  /// Looks an input up by its key, such as `site` or `body/site`.
  ///
  /// - Throws: C0003 for an unknown key, C0002 when the listing operation does not exist, C0004 when
  ///   the definition has no choices for the input.
  package init(key: String, operation: ConnectorOperation, of connector: Connector)
    throws(Diagnostic)
  {
    let builder = RequestBuilder(connector: connector, operation: operation)
    guard let definition = Self.definition(key, builder) else { throw builder.unknown(key) }
    let items = connector.schemas.resolve(definition["items"] ?? .null)
    let candidates = [definition, items]
    if let source = candidates.lazy.compactMap(DynamicSource.init).first {
      self = .dynamic(try DynamicChoices(source: source, in: connector))
    } else if let listed = candidates.lazy.compactMap(Self.listed).first {
      self = .listed(listed)
    } else {
      throw Diagnostic(
        .missingParameter,
        "the definition has no choices for '\(key)' of '\(operation.id)'",
        hint: "any value of the right type may be given"
      )
    }
  }

  /// What the definition says about an input; `nil` when it does not know the key.
  static func definition(_ key: String, _ builder: RequestBuilder) -> JSONObject? {
    if let parameter = builder.operation.parameter(key) { return parameter.definition }
    guard let assembler = builder.assembler, let path = assembler.path(of: key) else { return nil }
    var node = assembler.graph.root
    var schema = assembler.body.schema
    for name in path {
      guard let property = assembler.graph[node].property(name) else { return nil }
      node = property.node
      schema = property.schema
    }
    let resolved = builder.connector.schemas.resolve(schema)
    // What stands beside a reference describes the place of use.
    return resolved.merging(schema.objectValue ?? JSONObject())
  }

  private static func listed(_ definition: JSONObject) -> [DynamicChoices.Choice]? {
    if let named = definition["x-ms-enum-values"]?.arrayValue {
      return named.compactMap { entry in
        guard let value = entry["value"] else { return nil }
        let title = entry["displayName"]?.stringValue ?? ParameterText.text(value)
        return DynamicChoices.Choice(value: value, title: title)
      }
    }
    return definition["enum"]?.arrayValue?.map {
      DynamicChoices.Choice(value: $0, title: ParameterText.text($0))
    }
  }
}

extension JSONObject {
  /// The members of both; those of the other one win.
  fileprivate func merging(_ other: JSONObject) -> JSONObject {
    var merged = self
    for member in other.members { merged[member.key] = member.value }
    return merged
  }
}
