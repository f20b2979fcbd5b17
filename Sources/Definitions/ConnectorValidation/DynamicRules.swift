internal import Diagnostics
internal import OrderedJSON

/// Rules on inputs whose choices come from another operation.
///
/// Source: connector format reference, section (k), dynamic.
enum DynamicRules {
  static func report(
    _ operation: ConnectorOperation,
    of connector: Connector,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    for parameter in operation.parameters {
      guard let source = DynamicSource(parameter.definition) else { continue }
      let place = operation.place(of: parameter, at: place, in: file.value)
      check(source, of: parameter.name, connector, at: place, &file)
    }
  }

  private static func check(
    _ source: DynamicSource,
    of name: String,
    _ connector: Connector,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    guard let target = connector.operation(source.operationID) else {
      let ids = connector.operations.map(\.id)
      file.report(
        .dynamicAdvice,
        "the choices of '\(name)' come from '\(source.operationID)', which does not exist",
        hint: NearestName.suggestion(for: source.operationID, among: ids)
          .map { "did you mean '\($0)'?" },
        at: place
      )
      return
    }
    let given = Set(source.arguments.map(\.name))
    for needed in target.parameters
    where needed.isRequired && needed.defaultValue == nil && !needed.isInternal
      && !given.contains(needed.name)
    {
      file.report(
        .dynamicAdvice,
        "the choices of '\(name)' need the parameter '\(needed.name)' of '\(target.id)'",
        at: place
      )
    }
  }
}
