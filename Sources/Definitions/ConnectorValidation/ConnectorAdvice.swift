internal import OrderedJSON

/// Applies every rule for published definitions; all of them warn, none keeps a connector out.
///
/// Source: connector format reference, section (k).
enum ConnectorAdvice {
  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    StructureRules.report(connector, &file)
    for operation in connector.operations {
      let place = ["paths", operation.path.text, operation.methodKey]
      OperationRules.report(operation, at: place, &file)
      ParameterRules.report(operation, at: place, &file)
      InternalRules.report(operation, at: place, &file)
      DynamicRules.report(operation, of: connector, at: place, &file)
      WebhookRules.report(operation, of: connector, at: place, &file)
    }
    SchemaRules.report(connector, &file)
    LifecycleRules.report(connector, &file)
    CertificationRules.report(connector, &file)
  }
}

extension ConnectorOperation {
  /// Where the parameter stands, or the list where it would; inherited ones stand with the path.
  func place(of parameter: OperationParameter, at place: [String], in root: JSON) -> [String] {
    let resolver = SchemaResolver(root: root)
    let list = definition["parameters"]?.arrayValue ?? []
    let index = list.firstIndex { value in
      let definition = resolver.resolve(value)
      return definition["name"]?.stringValue == parameter.name
        && definition["in"]?.stringValue == parameter.location.rawValue
    }
    return place + ["parameters"] + (index.map { [String($0)] } ?? [])
  }

  /// The method as path items spell it.
  var methodKey: String { method.lowercased() }
}
