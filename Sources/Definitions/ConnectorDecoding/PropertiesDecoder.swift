internal import Diagnostics
internal import OrderedJSON

/// Reads `apiProperties.json`: connection parameters, policies and script scope.
///
/// Source: connector format reference, sections (e) and (f).
enum PropertiesDecoder {
  static func decode(
    _ file: inout DefinitionFile,
    hasScript: Bool,
    into connector: inout Connector
  ) {
    guard let properties = file.value["properties"]?.objectValue else {
      file.report(
        .propertiesDefect,
        "the file has no 'properties' object; it is left out",
        hint: "everything in apiProperties.json stands under \"properties\"",
        severity: .error
      )
      if hasScript { connector.script = ScriptScope(operations: []) }
      return
    }
    connector.summary.publisher = properties["publisher"]?.stringValue
    connector.summary.brandColor = properties["iconBrandColor"]?.stringValue
    connector.parameterSets = ConnectionParameterDecoder.sets(properties)
    connector.script = scriptScope(properties, hasScript: hasScript)
    connector.policies = policies(properties, &file)
  }

  /// A scope without a script file still says that the vendor runs one.
  private static func scriptScope(_ properties: JSONObject, hasScript: Bool) -> ScriptScope? {
    let list =
      properties["scriptOperations"]?.arrayValue
      ?? properties["script"]?["operationIds"]?.arrayValue
    let names = (list ?? []).compactMap { $0.stringValue?.lowercased() }
    if names.isEmpty, !hasScript { return nil }
    return ScriptScope(operations: Set(names))
  }

  private static func policies(
    _ properties: JSONObject,
    _ file: inout DefinitionFile
  ) -> [PolicyInstance] {
    let instances = properties["policyTemplateInstances"]?.arrayValue ?? []
    var policies: [PolicyInstance] = []
    for (index, value) in instances.enumerated() {
      if let policy = policy(value) {
        policies.append(policy)
      } else {
        file.report(
          .propertiesDefect,
          "a policy without 'templateId' is left out",
          at: ["properties", "policyTemplateInstances", String(index)]
        )
      }
    }
    return policies
  }

  static func policy(_ value: JSON) -> PolicyInstance? {
    guard let template = value["templateId"]?.stringValue else { return nil }
    var policy = PolicyInstance(
      template: template.lowercased(),
      title: value["title"]?.stringValue ?? template,
      parameters: [:],
      operations: [],
      operationNames: [],
      section: .request
    )
    for member in value["parameters"]?.objectValue?.members ?? [] {
      add(member, to: &policy)
    }
    return policy
  }

  private static func add(_ member: JSONObject.Member, to policy: inout PolicyInstance) {
    let key = member.key.lowercased()
    switch key {
    case "x-ms-apimtemplate-operationname":
      let names = member.value.arrayValue ?? [member.value]
      policy.operationNames = names.compactMap(\.stringValue)
      policy.operations = Set(policy.operationNames.map { $0.lowercased() })
    case "x-ms-apimtemplate-policysection":
      let section = member.value.stringValue?.lowercased() ?? ""
      policy.section = PolicyInstance.Section(rawValue: section) ?? .request
    default:
      let prefix = "x-ms-apimtemplateparameter."
      policy.parameters[key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : key] =
        member.value
    }
  }
}
