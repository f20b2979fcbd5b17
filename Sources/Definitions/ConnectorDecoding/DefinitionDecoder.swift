internal import Diagnostics
internal import OrderedJSON

/// Reads `apiDefinition.swagger.json`.
///
/// Source: OpenAPI 2.0; connector format reference, sections (b) to (d).
enum DefinitionDecoder {
  static func decode(
    _ file: inout DefinitionFile,
    name: String,
    _ diagnostics: inout [Diagnostic]
  ) -> Connector? {
    guard let address = address(&file), let paths = paths(&file) else {
      diagnostics += file.diagnostics
      return nil
    }
    let root = file.value
    var connector = Connector(
      name: name,
      summary: summary(root, fallbackTitle: name),
      address: address,
      consumes: OperationDecoder.mediaTypes(root["consumes"]) ?? [],
      produces: OperationDecoder.mediaTypes(root["produces"]) ?? [],
      operations: operations(paths, &file),
      document: root
    )
    connector.securitySchemes = securitySchemes(root)
    connector.connectionTest = connectionTest(root)
    return connector
  }

  private static func address(_ file: inout DefinitionFile) -> ServiceAddress? {
    guard file.value.objectValue != nil else {
      file.report(
        .unusableConnector,
        "the definition is not a JSON object",
        hint: "an OpenAPI 2.0 document starts with {\"swagger\": \"2.0\", …}",
        severity: .error
      )
      return nil
    }
    if let version = file.value["openapi"]?.stringValue {
      file.report(
        .unusableConnector,
        "the definition is written in OpenAPI '\(version)'",
        hint: "connectors are written in OpenAPI 2.0; convert the file",
        severity: .error,
        at: ["openapi"]
      )
      return nil
    }
    guard let host = file.value["host"]?.stringValue, !host.isEmpty else {
      file.report(
        .unusableConnector,
        "the definition names no 'host'",
        hint: "add \"host\": \"api.example.com\"",
        severity: .error
      )
      return nil
    }
    return ServiceAddress(
      scheme: scheme(file.value),
      authority: bareHost(host),
      basePath: file.value.objectValue?.value(ignoringCaseOf: "basePath")?.stringValue ?? ""
    )
  }

  private static func scheme(_ root: JSON) -> String {
    let schemes = (root["schemes"]?.arrayValue ?? []).compactMap { $0.stringValue?.lowercased() }
    return schemes.first { $0 == "https" || $0 == "http" } ?? "https"
  }

  /// A scheme or path in the host is against the format, yet its meaning is clear.
  private static func bareHost(_ host: String) -> String {
    var rest = Substring(host)
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    return String(rest.prefix { $0 != "/" })
  }

  private static func paths(_ file: inout DefinitionFile) -> JSONObject? {
    if let paths = file.value["paths"]?.objectValue { return paths }
    file.report(
      .unusableConnector,
      "the definition has no 'paths'",
      hint: "add a \"paths\" object with at least one operation",
      severity: .error
    )
    return nil
  }

  private static func operations(
    _ paths: JSONObject,
    _ file: inout DefinitionFile
  ) -> [ConnectorOperation] {
    var decoder = OperationDecoder(resolver: SchemaResolver(root: file.value))
    for member in paths.members where !member.key.hasPrefix("x-") {
      decoder.decodeItem(path: member.key, member.value, &file)
    }
    return decoder.operations
  }

  private static func summary(_ root: JSON, fallbackTitle: String) -> ConnectorSummary {
    let info = root["info"]
    var summary = ConnectorSummary(
      title: info?["title"]?.stringValue ?? fallbackTitle,
      description: info?["description"]?.stringValue,
      version: info?["version"]?.stringValue
    )
    summary.status = info?["x-ms-api-annotation"]?["status"]?.stringValue
    if let contact = info?["contact"]?.objectValue {
      summary.contact = ConnectorSummary.Contact(
        name: contact["name"]?.stringValue,
        url: contact["url"]?.stringValue,
        email: contact["email"]?.stringValue
      )
    }
    summary.metadata = (root["x-ms-connector-metadata"]?.arrayValue ?? []).compactMap { row in
      guard let name = row["propertyName"]?.stringValue else { return nil }
      return ConnectorSummary.MetadataRow(
        name: name,
        value: row["propertyValue"]?.stringValue ?? ""
      )
    }
    return summary
  }

  private static func securitySchemes(_ root: JSON) -> [SecurityScheme] {
    (root["securityDefinitions"]?.objectValue?.members ?? []).compactMap { member in
      kind(member.value).map { SecurityScheme(name: member.key, kind: $0) }
    }
  }

  private static func kind(_ definition: JSON) -> SecurityScheme.Kind? {
    switch definition["type"]?.stringValue?.lowercased() {
    case "apikey":
      guard let name = definition["name"]?.stringValue else { return nil }
      return definition["in"]?.stringValue?.lowercased() == "query"
        ? .apiKeyQuery(name: name) : .apiKeyHeader(name: name)
    case "basic": return .basic
    case "oauth2": return .oauth2
    default: return nil
    }
  }

  private static func connectionTest(_ root: JSON) -> ConnectionTest? {
    guard let test = root["x-ms-capabilities"]?["testConnection"],
      let id = test["operationId"]?.stringValue
    else { return nil }
    return ConnectionTest(
      operationID: id,
      parameters: test["parameters"]?.objectValue ?? JSONObject()
    )
  }
}
