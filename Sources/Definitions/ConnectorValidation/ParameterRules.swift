internal import Diagnostics
internal import OrderedJSON

/// Rules on parameters and their agreement with the path.
///
/// Source: connector format reference, section (k), parameters.
enum ParameterRules {
  static func report(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let list = place + ["parameters"]
    reportDuplicates(operation, at: list, &file)
    reportTemplate(operation, at: list, &file)
    for parameter in operation.parameters {
      let place = operation.place(of: parameter, at: place, in: file.value)
      report(parameter, at: place, &file)
    }
    if operation.body != nil, operation.hasForm {
      warn("'\(operation.id)' has both a body and form parameters", at: place, &file)
    }
  }

  private static func reportDuplicates(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let resolver = SchemaResolver(root: file.value)
    var keys: Set<String> = []
    var bodies = 0
    for (index, value) in (operation.definition["parameters"]?.arrayValue ?? []).enumerated() {
      let place = place + [String(index)]
      let definition = resolver.resolve(value)
      let name = definition["name"]?.stringValue ?? ""
      let location = definition["in"]?.stringValue ?? ""
      if location == "body" { bodies += 1 }
      guard keys.insert("\(location)\u{0}\(name)").inserted else {
        warn("the parameter '\(name)' occurs twice; the first counts", at: place, &file)
        continue
      }
      if value["$ref"] != nil, definition.isEmpty {
        warn("a parameter of '\(operation.id)' refers to nothing", at: place, &file)
      }
    }
    if bodies > 1 {
      warn("'\(operation.id)' has \(bodies) bodies; the first counts", at: place, &file)
    }
  }

  private static func reportTemplate(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let declared = operation.parameters.filter { $0.location == .path }.map(\.name)
    let variables = operation.path.variables
    for name in variables where !declared.contains(name) {
      warn("the path of '\(operation.id)' has '{\(name)}' but no such parameter", at: place, &file)
    }
    for name in declared where !variables.contains(name) {
      warn("the path parameter '\(name)' does not occur in the path", at: place, &file)
    }
  }

  private static func report(
    _ parameter: OperationParameter,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let name = parameter.name
    let encoding = parameter.definition["x-ms-url-encoding"]?.stringValue
    if parameter.location == .path {
      if parameter.definition["required"]?.boolValue != true {
        warn("the path parameter '\(name)' is not required", at: place, &file)
      }
      if encoding == nil {
        warn("the path parameter '\(name)' has no 'x-ms-url-encoding'", at: place, &file)
      }
    } else if encoding != nil {
      warn(
        "'x-ms-url-encoding' has no effect on '\(name)', which is no path parameter",
        at: place,
        &file
      )
    }
    reportShape(parameter, at: place, &file)
  }

  private static func reportShape(
    _ parameter: OperationParameter,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let name = parameter.name
    if parameter.isFile, parameter.location != .formData {
      warn("the file '\(name)' is no form parameter", at: place, &file)
    }
    if parameter.isArray, parameter.definition["items"] == nil {
      warn("the array '\(name)' has no 'items'", at: place, &file)
    }
    if let format = parameter.definition["collectionFormat"]?.stringValue,
      CollectionFormat(rawValue: format) == nil
    {
      warn(
        "the parameter '\(name)' has the unknown collection format '\(format)'",
        at: place,
        &file
      )
    }
    if let value = parameter.defaultValue, !fits(value, parameter.type) {
      warn("the default of '\(name)' is no '\(parameter.type)'", at: place, &file)
    }
  }

  private static func fits(_ value: JSON, _ type: String) -> Bool {
    switch type {
    case "string": value.stringValue != nil
    case "integer": value.integerValue != nil
    case "number": value.doubleValue != nil
    case "boolean": value.boolValue != nil
    case "array": value.arrayValue != nil
    default: true
    }
  }

  private static func warn(_ message: String, at place: [String], _ file: inout DefinitionFile) {
    file.report(.parameterAdvice, message, at: place)
  }
}
