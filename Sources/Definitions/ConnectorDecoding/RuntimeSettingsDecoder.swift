internal import Diagnostics
internal import OrderedJSON

/// Reads `runtime.json` strictly: unknown members are errors, since the format is ours.
///
/// Source: definitions/README.md.
enum RuntimeSettingsDecoder {
  private static let members = [
    "$schema", "throttling", "shareable", "requestSigning", "idempotencyHeader", "secrets",
    "availability", "allowedHosts", "signers", "tokens", "scripts", "documentation",
    "parameterSets", "idempotencyItems", "failures",
  ]

  static func decode(_ file: inout DefinitionFile, into connector: inout Connector) {
    guard let root = file.value.objectValue else {
      file.reportDefect("the file is not a JSON object", at: [])
      return
    }
    file.reportUnknownMembers(of: file.value, among: members, at: [])
    reportKinds(root, &file)
    connector.parameterSets += ParameterSetDecoder.decode(
      root["parameterSets"],
      beside: connector.parameterSets,
      &file
    )
    var settings = RuntimeSettings()
    settings.throttling = throttling(root["throttling"], &file)
    settings.isShareable = root["shareable"].map { $0.boolValue ?? false } ?? true
    settings.signing = SigningDecoder.decode(
      root["requestSigning"],
      connector,
      at: ["requestSigning"],
      &file
    )
    settings.signers = SigningDecoder.named(root["signers"], connector, &file)
    settings.tokens = TokenRequestDecoder.decode(root["tokens"], &file)
    settings.idempotencyHeader = root["idempotencyHeader"]?.stringValue
    settings.idempotencyItems = ItemRulesDecoder.keys(
      root["idempotencyItems"],
      of: connector,
      &file
    )
    settings.failures = ItemRulesDecoder.failures(root["failures"], of: connector, &file)
    settings.secrets = secrets(root["secrets"], connector, &file)
    settings.availability = availability(root["availability"], &file)
    settings.allowedHosts = (root["allowedHosts"]?.arrayValue ?? []).compactMap(\.stringValue)
    settings.scripts = ScriptReplacementDecoder.decode(
      root["scripts"],
      of: connector,
      settings: settings,
      &file
    )
    settings.documentation = documentation(root["documentation"])
    connector.runtime = settings
  }

  private static let kinds: [String: [String]] = [
    "throttling": ["Object"], "shareable": ["Boolean"], "requestSigning": ["Object"],
    "idempotencyHeader": ["String"], "secrets": ["Object"], "availability": ["Array"],
    "allowedHosts": ["Array"], "signers": ["Object"], "parameterSets": ["Array"],
    "tokens": ["Object"], "scripts": ["Object"], "idempotencyItems": ["Object"],
    "failures": ["Object"], "documentation": ["String", "Array"],
  ]

  /// A value of another kind would be read as if it were absent.
  private static func reportKinds(_ root: JSONObject, _ file: inout DefinitionFile) {
    for member in root.members {
      guard let wanted = kinds[member.key], !wanted.contains(member.value.kindName) else {
        continue
      }
      file.reportDefect(
        "'\(member.key)' is \(member.value.kindName.lowercased()), not "
          + wanted.map { $0.lowercased() }.joined(separator: " or "),
        at: [member.key]
      )
    }
    for member in root["secrets"]?.objectValue?.members ?? [] {
      let texts = member.value.arrayValue?.compactMap(\.stringValue)
      guard texts == nil || texts?.count != member.value.arrayValue?.count else { continue }
      file.reportDefect(
        "the secrets of '\(member.key)' are not a list of pointers",
        hint: "write [\"body/token\"]",
        at: ["secrets", member.key]
      )
    }
  }

  private static func throttling(
    _ value: JSON?,
    _ file: inout DefinitionFile
  ) -> RuntimeSettings.Throttling? {
    guard let value else { return nil }
    file.reportUnknownMembers(of: value, among: ["calls", "renewalPeriod"], at: ["throttling"])
    guard let calls = value["calls"]?.integerValue, (1...1_000_000).contains(calls),
      let period = value["renewalPeriod"]?.doubleValue, period > 0, period <= 86_400
    else {
      file.reportDefect(
        "'throttling' needs 'calls' from 1 to 1000000 and 'renewalPeriod' up to 86400 seconds",
        at: ["throttling"]
      )
      return nil
    }
    return RuntimeSettings.Throttling(calls: Int(calls), renewalPeriod: .seconds(period))
  }

  private static func secrets(
    _ value: JSON?,
    _ connector: Connector,
    _ file: inout DefinitionFile
  ) -> [String: [JSONPointer]] {
    var secrets: [String: [JSONPointer]] = [:]
    for member in value?.objectValue?.members ?? [] {
      if member.key != "*", connector.operation(member.key) == nil {
        let ids = connector.operations.map(\.id)
        file.reportDefect(
          "the connector has no operation '\(member.key)'",
          hint: NearestName.suggestion(for: member.key, among: ids).map { "did you mean '\($0)'?" },
          at: ["secrets", member.key]
        )
      }
      let id = connector.operation(member.key)?.id ?? member.key
      secrets[id] = (member.value.arrayValue ?? []).compactMap(\.stringValue).compactMap {
        JSONPointer(text: $0.hasPrefix("/") ? $0 : "/" + $0)
      }
    }
    return secrets
  }

  private static func availability(_ value: JSON?, _ file: inout DefinitionFile)
    -> [RuntimeSettings.Availability]
  {
    let rows = value?.arrayValue ?? []
    for (index, row) in rows.enumerated() {
      file.reportUnknownMembers(
        of: row,
        among: ["service", "class", "regions", "except"],
        at: ["availability", String(index)]
      )
    }
    return rows.compactMap { row in
      guard let service = row["service"]?.stringValue else { return nil }
      return RuntimeSettings.Availability(
        service: service,
        level: row["class"]?.stringValue ?? "",
        regions: row["regions"]?.stringValue ?? "",
        exceptions: (row["except"]?.arrayValue ?? []).compactMap(\.stringValue)
      )
    }
  }

  /// One text, or its lines.
  private static func documentation(_ value: JSON?) -> String? {
    value?.stringValue
      ?? value?.arrayValue.map { $0.compactMap(\.stringValue).joined(separator: "\n") }
  }
}
