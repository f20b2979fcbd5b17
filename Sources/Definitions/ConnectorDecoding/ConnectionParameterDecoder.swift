internal import OrderedJSON

/// Reads connection parameters and the sets they may come in.
///
/// Source: connector format reference, section (e).
enum ConnectionParameterDecoder {
  static func sets(_ properties: JSONObject) -> [ConnectionParameterSet] {
    if let values = properties["connectionParameterSets"]?["values"]?.arrayValue, !values.isEmpty {
      return values.compactMap(set)
    }
    let parameters = parameters(properties["connectionParameters"])
    guard !parameters.isEmpty else { return [] }
    return [
      ConnectionParameterSet(
        name: ConnectionParameterSet.defaultName,
        title: ConnectionParameterSet.defaultName,
        description: "Parameters for creating connection.",
        parameters: parameters
      )
    ]
  }

  static func set(_ value: JSON) -> ConnectionParameterSet? {
    guard let name = value["name"]?.stringValue else { return nil }
    let ui = value["uiDefinition"]?.objectValue
    return ConnectionParameterSet(
      name: name,
      title: ui?.value(ignoringCaseOf: "displayName")?.stringValue ?? name,
      description: ui?["description"]?.stringValue ?? ui?["schema"]?["description"]?.stringValue,
      parameters: parameters(value["parameters"])
    )
  }

  private static func parameters(_ value: JSON?) -> [ConnectionParameter] {
    (value?.objectValue?.members ?? []).compactMap { parameter($0.key, $0.value) }
  }

  private static func parameter(_ key: String, _ value: JSON) -> ConnectionParameter? {
    guard value.objectValue != nil else { return nil }
    let ui = value["uiDefinition"]?.objectValue
    let constraints = ui?["constraints"]?.objectValue
    let kind = value["type"]?.stringValue.flatMap { ConnectionParameter.Kind(ignoringCase: $0) }
    return ConnectionParameter(
      key: key,
      kind: kind ?? .string,
      title: ui?.value(ignoringCaseOf: "displayName")?.stringValue ?? key,
      description: ui?["description"]?.stringValue,
      isRequired: flag(constraints?["required"]),
      isHidden: flag(constraints?["hidden"]),
      defaultValue: text(value["defaultValue"] ?? constraints?["default"]),
      allowedValues: allowedValues(constraints?["allowedValues"] ?? value["allowedValues"]),
      oauth: kind == .oauth ? oauth(value) : nil
    )
  }

  /// Written as `true` or `"true"`.
  private static func flag(_ value: JSON?) -> Bool {
    value?.boolValue ?? (value?.stringValue?.lowercased() == "true")
  }

  private static func text(_ value: JSON?) -> String? {
    guard let value, !value.isNull else { return nil }
    return value.stringValue ?? value.text
  }

  private static func allowedValues(_ value: JSON?) -> [ConnectionParameter.AllowedValue] {
    (value?.arrayValue ?? []).compactMap { entry in
      guard let value = text(entry["value"]) else { return nil }
      return ConnectionParameter.AllowedValue(text: text(entry["text"]) ?? value, value: value)
    }
  }

  private static func oauth(_ value: JSON) -> OAuthSettings {
    let settings = value.objectValue?.value(ignoringCaseOf: "oAuthSettings")?.objectValue
    var custom: [String: String] = [:]
    for member in settings?["customParameters"]?.objectValue?.members ?? [] {
      custom[member.key.lowercased()] = text(member.value["value"] ?? member.value)
    }
    return OAuthSettings(
      identityProvider: settings?["identityProvider"]?.stringValue?.lowercased() ?? "oauth2",
      clientID: settings?["clientId"]?.stringValue,
      scopes: (settings?["scopes"]?.arrayValue ?? []).compactMap(\.stringValue)
        .filter { !$0.isEmpty },
      settings: custom,
      resourceID: settings?["properties"]?["AzureActiveDirectoryResourceId"]?.stringValue
    )
  }
}

extension ConnectionParameter.Kind {
  fileprivate init?(ignoringCase text: String) { self.init(rawValue: text.lowercased()) }
}
