internal import Diagnostics
internal import OrderedJSON

/// Reads path items into operations with their effective parameters.
///
/// Source: OpenAPI 2.0, Path Item Object; connector format reference, section (b).
struct OperationDecoder {
  let resolver: SchemaResolver
  private(set) var operations: [ConnectorOperation] = []
  private var seen: Set<String> = []

  init(resolver: SchemaResolver) { self.resolver = resolver }

  private static let methods: Set<String> = [
    "get", "put", "post", "delete", "options", "head", "patch",
  ]

  mutating func decodeItem(path: String, _ item: JSON, _ file: inout DefinitionFile) {
    guard let members = item.objectValue, path.hasPrefix("/") else {
      file.report(
        .structureAdvice,
        "the path '\(path)' is left out: a path starts with '/' and holds an object",
        at: ["paths", path],
        onKey: true
      )
      return
    }
    let template = PathTemplate(path)
    for member in members.members where Self.methods.contains(member.key.lowercased()) {
      guard let definition = member.value.objectValue else { continue }
      let place = ["paths", path, member.key]
      guard let id = identifier(definition, place, &file) else { continue }
      var operation = basics(id, member.key.uppercased(), template, definition)
      operation.notificationContent = members["x-ms-notification-content"]?["schema"]
      addParameters(of: members["parameters"], and: definition["parameters"], to: &operation)
      operations.append(operation)
    }
  }

  private mutating func identifier(
    _ definition: JSONObject,
    _ place: [String],
    _ file: inout DefinitionFile
  ) -> String? {
    guard let id = definition["operationId"]?.stringValue, !id.isEmpty else {
      file.report(
        .operationAdvice,
        "an operation without 'operationId' is left out: nothing can call it",
        hint: "give it an operationId",
        at: place,
        onKey: true
      )
      return nil
    }
    guard seen.insert(id).inserted else {
      file.report(
        .operationAdvice,
        "the operationId '\(id)' occurs twice; the second operation is left out",
        hint: "give each operation its own operationId",
        at: place + ["operationId"]
      )
      return nil
    }
    return id
  }

  private func basics(
    _ id: String,
    _ method: String,
    _ path: PathTemplate,
    _ definition: JSONObject
  ) -> ConnectorOperation {
    ConnectorOperation(
      id: id,
      method: method,
      path: path,
      summary: definition["summary"]?.stringValue,
      description: definition["description"]?.stringValue,
      visibility: Visibility(text: definition["x-ms-visibility"]?.stringValue),
      isDeprecated: definition["deprecated"]?.boolValue ?? false,
      consumes: Self.mediaTypes(definition["consumes"]),
      produces: Self.mediaTypes(definition["produces"]),
      parameters: [],
      body: nil,
      responses: responses(definition["responses"]),
      trigger: definition["x-ms-trigger"]?.stringValue.flatMap {
        TriggerShape(rawValue: $0.lowercased())
      },
      notificationContent: nil,
      nextLinkName: definition["x-ms-pageable"]?["nextLinkName"]?.stringValue,
      longRunning: LongRunning(definition, method: method),
      definition: definition
    )
  }

  static func mediaTypes(_ value: JSON?) -> [String]? {
    let types = value?.arrayValue?.compactMap(\.stringValue) ?? value?.stringValue.map { [$0] }
    return types?.isEmpty == true ? nil : types
  }

  private func responses(_ value: JSON?) -> [DeclaredResponse] {
    (value?.objectValue?.members ?? []).map { member in
      let response = resolver.resolve(member.value)
      return DeclaredResponse(
        status: member.key,
        description: response["description"]?.stringValue,
        schema: response["schema"]
      )
    }
  }

  /// A parameter of the operation replaces one of the path item with the same name and place.
  private func addParameters(
    of item: JSON?,
    and own: JSON?,
    to operation: inout ConnectorOperation
  ) {
    var keys: Set<String> = []
    let inherited = item?.arrayValue ?? []
    for value in (own?.arrayValue ?? []) + inherited {
      let definition = resolver.resolve(value)
      let name = definition["name"]?.stringValue ?? ""
      let location = definition["in"]?.stringValue ?? ""
      guard keys.insert("\(location)\u{0}\(name)").inserted else { continue }
      if location == "body" {
        if operation.body == nil { operation.body = ParameterDecoder.body(name, definition) }
      } else if let location = ParameterLocation(rawValue: location), !name.isEmpty {
        operation.parameters.append(ParameterDecoder.parameter(name, location, definition))
      }
    }
  }
}
