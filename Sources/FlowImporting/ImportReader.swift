import Definitions
import Diagnostics
import OrderedJSON

/// Sorts the files of an export by what they are.
struct ImportReader {
  private(set) var result = FlowImport()
  private let fallbackName: String
  private let connectors: [InstalledConnector]
  private var names: Set<String> = []

  init(fallbackName: String, connectors: [InstalledConnector]) {
    self.fallbackName = fallbackName
    self.connectors = connectors
  }

  mutating func read(_ file: FlowImport.File) {
    let parts = file.path.split(separator: "/").map(String.init)
    guard let last = parts.last, !isMetadata(parts) else { return }
    switch last.lowercased() {
    case "host.json", "manifest.json", "apismap.json", "connectionsmap.json",
      "workflow-designtime", "funcignore", ".funcignore", ".gitignore", "readme.md",
      "[content_types].xml", "solution.xml", "customizations.xml":
      break
    case "connections.json": if let value = json(file) { readConnections(value, file.path) }
    case "parameters.json": if let value = json(file) { readParameters(value) }
    case "local.settings.json": if let value = json(file) { readSettings(value, file.path) }
    case let name where name.hasSuffix(".json"):
      if let value = json(file) { read(value, file, parts) }
    default: noteForeign(file.path)
    }
  }

  private func isMetadata(_ parts: [String]) -> Bool {
    parts.contains {
      $0 == ".vscode" || $0 == ".git" || $0 == "__MACOSX" || $0 == "workflow-designtime"
    }
  }

  private mutating func json(_ file: FlowImport.File) -> JSON? {
    do throws(JSONParseError) {
      return try JSON(parsing: file.bytes)
    } catch {
      note(
        "'\(file.path)' is no JSON: \(error.message)",
        hint: "mend the file and import again",
        file.path
      )
      return nil
    }
  }

  private mutating func read(_ value: JSON, _ file: FlowImport.File, _ parts: [String]) {
    if value["resources"]?.arrayValue != nil {
      readTemplate(value, file.path)
    } else if let properties = value["properties"], properties["definition"]?.objectValue != nil {
      let name =
        properties["displayName"]?.stringValue ?? value["name"]?.stringValue ?? nameByPlace(parts)
      take(properties, name, file.path)
    } else if value["definition"]?.objectValue != nil {
      take(value, nameByPlace(parts), file.path)
    } else if value["actions"]?.objectValue != nil, value["triggers"] != nil {
      take(["definition": value], nameByPlace(parts), file.path)
    } else {
      noteForeign(file.path)
    }
  }

  /// By the folder of a `workflow.json`, else by the file; solutions append an identifier.
  private func nameByPlace(_ parts: [String]) -> String {
    let file = parts.last.map { String($0.prefix { $0 != "." }) } ?? ""
    let isFixed = ["workflow", "definition"].contains(file.lowercased())
    guard isFixed else {
      return file.replacing(/-[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, with: "")
    }
    return parts.dropLast().last ?? fallbackName
  }

  // MARK: Flows

  /// Takes a definition in with what stands beside it.
  mutating func take(_ wrapper: JSON, _ name: String, _ path: String) {
    var document = JSONObject()
    document["definition"] = wrapper["definition"]
    document["kind"] = wrapper["kind"]?.stringValue.map { .string($0) } ?? "Stateful"
    for member in ["parameters", "connectionReferences"] {
      if let value = wrapper[member], value.objectValue?.isEmpty == false {
        document[member] = value
      }
    }
    let flow = FlowImport.Flow(name: freeName(name), document: .object(document))
    result.flows.append(flow)
    readReferences(wrapper)
    noteState(wrapper, flow.name, path)
    noteUnsupported(flow)
  }

  private mutating func noteState(_ wrapper: JSON, _ name: String, _ path: String) {
    let state = wrapper["state"]?.stringValue?.lowercased() ?? ""
    if ["disabled", "stopped", "suspended"].contains(state) {
      note("'\(name)' was disabled", hint: "keep it so with 'weir trigger pause \(name)'", path)
    }
    let others = [
      "accessControl": "who may call it: use the roles of 'weir admin token create'",
      "integrationAccount":
        "schemas, maps and partners of an integration account have no place here",
    ]
    for (member, hint) in others.sorted(by: { $0.key < $1.key }) where wrapper[member] != nil {
      note("'\(member)' of '\(name)' is left out", hint: hint, path)
    }
  }

  private mutating func noteUnsupported(_ flow: FlowImport.Flow) {
    let file = "flows/\(flow.name).json"
    let read = FlowReader.read(name: flow.name, file: file, bytes: flow.document.bytes)
    for action in read.flow?.allActions ?? [] {
      guard case .unsupported = action.kind else { continue }
      note(
        "the action '\(action.name)' of type '\(action.type)' cannot run here",
        hint: "replace it before the flow is started; it is in the file as it was",
        file
      )
    }
  }

  private mutating func freeName(_ name: String) -> String {
    let allowed = name.map { character -> Character in
      character.isLetter || character.isNumber || "-_".contains(character) ? character : "-"
    }
    var text = String(allowed).split(separator: "-").joined(separator: "-")
    if text.isEmpty { text = fallbackName }
    text = String(text.prefix(80))
    var free = text
    var count = 1
    while !names.insert(free.lowercased()).inserted {
      count += 1
      free = "\(text)-\(count)"
    }
    return free
  }

  // MARK: Connections

  /// The connections that stand beside a definition.
  private mutating func readReferences(_ wrapper: JSON) {
    for member in wrapper["connectionReferences"]?.objectValue?.members ?? [] {
      let api =
        member.value["api"]?["name"] ?? member.value["id"] ?? member.value["api"]?["id"]
      addConnection(member.key, api: api?.stringValue ?? member.key)
    }
    let given = wrapper["parameters"]?["$connections"]?["value"]?.objectValue
    for member in given?.members ?? [] {
      addConnection(member.key, api: member.value["id"]?.stringValue ?? member.key)
    }
  }

  private mutating func readConnections(_ value: JSON, _ path: String) {
    for member in value["managedApiConnections"]?.objectValue?.members ?? [] {
      addConnection(member.key, api: member.value["api"]?["id"]?.stringValue ?? member.key)
    }
    for kind in ["serviceProviderConnections", "functionConnections", "apiManagementConnections"] {
      for member in value[kind]?.objectValue?.members ?? [] {
        note(
          "the connection '\(member.key)' of \(kind) is left out",
          hint: "use an Http action, or a connector of the same service",
          path
        )
      }
    }
  }

  mutating func addConnection(_ name: String, api: String) {
    guard result.connections[name] == nil else { return }
    let written = Self.connectorName(api)
    let plain = Self.plain(written)
    let known = connectors.first { Self.plain($0.name) == plain }
    var entry: JSONObject = ["connector": .string(known?.name ?? written)]
    if let known, !known.required.isEmpty {
      let values = known.required.map { key -> (String, JSON) in
        (key, .string("@appsetting('\(Self.settingName(name, key))')"))
      }
      entry["parameters"] = .object(JSONObject(values))
    }
    result.connections[name] = .object(entry)
    guard known == nil else { return }
    note(
      "the connector '\(written)' of the connection '\(name)' is not installed",
      hint: "copy its folder to definitions/\(written)",
      "flows/connections.json"
    )
  }

  /// The last part of a resource id, also of one that a template puts together.
  private static func connectorName(_ api: String) -> String {
    let separators: Set<Character> = ["/", "'", "\"", ")", "]", "(", ",", " ", "["]
    let last = api.split { separators.contains($0) }.last.map(String.init) ?? api
    return last.hasPrefix("shared_") ? String(last.dropFirst(7)) : last
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  private static func settingName(_ connection: String, _ key: String) -> String {
    "\(connection)_\(key)".uppercased().map { character in
      character.isASCII && (character.isLetter || character.isNumber) ? String(character) : "_"
    }.joined()
  }

  // MARK: Parameters and settings

  private mutating func readParameters(_ value: JSON) {
    for member in value.objectValue?.members ?? [] where member.value["value"] != nil {
      result.parameters[member.key] = member.value
    }
  }

  /// Values of settings may be secrets, so their names alone are told.
  private mutating func readSettings(_ value: JSON, _ path: String) {
    let usual: Set<String> = [
      "AzureWebJobsStorage", "FUNCTIONS_WORKER_RUNTIME", "APP_KIND", "ProjectDirectoryPath",
      "WORKFLOWS_SUBSCRIPTION_ID", "FUNCTIONS_INPROC_NET8_ENABLED",
    ]
    let names = (value["Values"]?.objectValue?.members ?? []).map(\.key)
    result.settings = names.filter { !usual.contains($0) }
    guard !result.settings.isEmpty else { return }
    note(
      "the values of app settings are left out, because they may be secret: "
        + result.settings.joined(separator: ", "),
      hint: "set them in the environment, in .env or in local.settings.json",
      path
    )
  }

  // MARK: Notes

  mutating func note(_ message: String, hint: String, _ path: String) {
    result.notes.append(
      Diagnostic(
        .notCarriedOver,
        message,
        hint: hint,
        severity: .warning,
        location: SourceLocation(file: path)
      )
    )
  }

  private mutating func noteForeign(_ path: String) {
    note(
      "'\(path)' is no flow and was left out",
      hint: "nothing here reads files of its kind",
      path
    )
  }
}
