internal import Diagnostics
internal import OrderedJSON

/// Reads `runtime.json` strictly: unknown members are errors, since the format is ours.
///
/// Source: definitions/README.md.
enum RuntimeSettingsDecoder {
  private static let members = [
    "$schema", "throttling", "shareable", "requestSigning", "idempotencyHeader", "secrets",
    "availability", "allowedHosts", "scripts", "documentation", "parameterSets",
  ]

  static func decode(_ file: inout DefinitionFile, into connector: inout Connector) {
    guard let root = file.value.objectValue else {
      report("the file is not a JSON object", at: [], &file)
      return
    }
    reportUnknown(root, among: members, at: [], &file)
    reportKinds(root, &file)
    reportMembers(of: root, &file)
    connector.parameterSets += ParameterSetDecoder.decode(
      root["parameterSets"],
      beside: connector.parameterSets,
      &file
    )
    var settings = RuntimeSettings()
    settings.throttling = throttling(root["throttling"], &file)
    settings.isShareable = root["shareable"].map { $0.boolValue ?? false } ?? true
    settings.signing = signing(root["requestSigning"], connector, &file)
    settings.idempotencyHeader = root["idempotencyHeader"]?.stringValue
    settings.secrets = secrets(root["secrets"], connector, &file)
    settings.availability = availability(root["availability"])
    settings.allowedHosts = (root["allowedHosts"]?.arrayValue ?? []).compactMap(\.stringValue)
    settings.scripts = ScriptReplacementDecoder.decode(root["scripts"], of: connector, &file)
    settings.documentation = documentation(root["documentation"])
    connector.runtime = settings
  }

  private static let kinds: [String: [String]] = [
    "throttling": ["Object"], "shareable": ["Boolean"], "requestSigning": ["Object"],
    "idempotencyHeader": ["String"], "secrets": ["Object"], "availability": ["Array"],
    "allowedHosts": ["Array"], "scripts": ["Object"], "parameterSets": ["Array"],
    "documentation": ["String", "Array"],
  ]

  /// A value of another kind would be read as if it were absent.
  private static func reportKinds(_ root: JSONObject, _ file: inout DefinitionFile) {
    for member in root.members {
      guard let wanted = kinds[member.key], !wanted.contains(member.value.kindName) else {
        continue
      }
      report(
        "'\(member.key)' is \(member.value.kindName.lowercased()), not "
          + wanted.map { $0.lowercased() }.joined(separator: " or "),
        at: [member.key],
        &file
      )
    }
    for member in root["secrets"]?.objectValue?.members ?? [] {
      let texts = member.value.arrayValue?.compactMap(\.stringValue)
      guard texts == nil || texts?.count != member.value.arrayValue?.count else { continue }
      report(
        "the secrets of '\(member.key)' are not a list of pointers",
        hint: "write [\"body/token\"]",
        at: ["secrets", member.key],
        &file
      )
    }
  }

  private static func reportMembers(of root: JSONObject, _ file: inout DefinitionFile) {
    let known = [
      "throttling": ["calls", "renewalPeriod"],
      "requestSigning": [
        "scheme", "connectionString", "dateHeader", "accessKey", "secretKey", "region", "service",
      ],
    ]
    for (key, members) in known.sorted(by: { $0.key < $1.key }) {
      guard let object = root[key]?.objectValue else { continue }
      reportUnknown(object, among: members, at: [key], &file)
    }
  }

  private static func throttling(
    _ value: JSON?,
    _ file: inout DefinitionFile
  ) -> RuntimeSettings.Throttling? {
    guard let value else { return nil }
    guard let calls = value["calls"]?.integerValue, (1...1_000_000).contains(calls),
      let period = value["renewalPeriod"]?.doubleValue, period > 0, period <= 86_400
    else {
      report(
        "'throttling' needs 'calls' from 1 to 1000000 and 'renewalPeriod' up to 86400 seconds",
        at: ["throttling"],
        &file
      )
      return nil
    }
    return RuntimeSettings.Throttling(calls: Int(calls), renewalPeriod: .seconds(period))
  }

  private static func signing(
    _ value: JSON?,
    _ connector: Connector,
    _ file: inout DefinitionFile
  ) -> RequestSigning? {
    guard let value else { return nil }
    let name = value["scheme"]?.stringValue ?? ""
    guard let scheme = RequestSigning.Scheme(rawValue: name) else {
      let known = RequestSigning.Scheme.allCases.map(\.rawValue)
      let nearest = NearestName.suggestion(for: name, among: known)
      report(
        "there is no signing scheme '\(name)'",
        hint: nearest.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
        at: ["requestSigning", "scheme"],
        &file
      )
      return nil
    }
    var signing = RequestSigning(
      scheme: scheme,
      connectionString: value["connectionString"]?.stringValue ?? "api_key",
      dateHeader: value["dateHeader"]?.stringValue.flatMap(RequestSigning.DateHeader.init)
        ?? .xMsDate
    )
    signing.accessKey = value["accessKey"]?.stringValue ?? signing.accessKey
    signing.secretKey = value["secretKey"]?.stringValue ?? signing.secretKey
    signing.region = value["region"]?.stringValue ?? signing.region
    signing.service = value["service"]?.stringValue ?? signing.service
    let isAzure = scheme == .azureCommunicationHMAC
    for key in isAzure ? [signing.connectionString] : [signing.accessKey, signing.secretKey]
    where !connector.parameterSets.contains(where: { $0.parameter(key) != nil }) {
      report(
        "the connection has no parameter '\(key)' to sign with",
        hint: "add it to connectionParameters in apiProperties.json",
        at: ["requestSigning"],
        &file
      )
    }
    return signing
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
        report(
          "the connector has no operation '\(member.key)'",
          hint: NearestName.suggestion(for: member.key, among: ids).map { "did you mean '\($0)'?" },
          at: ["secrets", member.key],
          &file
        )
      }
      let id = connector.operation(member.key)?.id ?? member.key
      secrets[id] = (member.value.arrayValue ?? []).compactMap(\.stringValue).compactMap {
        JSONPointer(text: $0.hasPrefix("/") ? $0 : "/" + $0)
      }
    }
    return secrets
  }

  private static func availability(_ value: JSON?) -> [RuntimeSettings.Availability] {
    (value?.arrayValue ?? []).compactMap { row in
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

  static func reportUnknown(
    _ object: JSONObject,
    among known: [String],
    at tokens: [String],
    _ file: inout DefinitionFile
  ) {
    for key in object.keys where !known.contains(key) {
      let nearest = NearestName.suggestion(for: key, among: known)
      report(
        "runtime.json has no member '\(key)'",
        hint: nearest.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
        at: tokens + [key],
        &file
      )
    }
  }

  static func report(
    _ message: String,
    hint: String? = nil,
    at tokens: [String],
    _ file: inout DefinitionFile
  ) {
    file.report(.runtimeSettingsDefect, message, hint: hint, severity: .error, at: tokens)
  }
}
