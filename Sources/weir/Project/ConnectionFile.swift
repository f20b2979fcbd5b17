import Definitions
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import Seams

/// Reads `flows/connections.json`, or `connections.json` beside the project's flows.
///
/// Two forms are read: our own, `{"acs": {"connector", "parameters", …}}`, and the
/// `managedApiConnections` of Logic Apps Standard.
///
/// Source: workflow language reference, section a.2.
enum ConnectionFile {
  /// - Throws: `CommandFailure` when a file is there and cannot be used.
  static func read(_ project: Project) throws(CommandFailure) -> [ConnectionDeclaration] {
    guard let path = path(project) else { return [] }
    let shown = project.shown(path)
    let value = try InputFile.json(TextFile.read(path, shownAs: shown), file: shown)
    guard let object = value.objectValue else { throw invalid(shown, "the file holds no object") }
    return try declarations(object, shown)
  }

  /// The secrets that stand in the file as plain text; none when it cannot be read.
  static func secrets(_ project: Project, _ connectors: ConnectorLibrary) -> [Diagnostic] {
    guard let path = path(project),
      let bytes = try? TextFile.read(path, shownAs: project.shown(path)),
      let document = try? JSONDocument(bytes)
    else { return [] }
    let text = SourceText(file: project.shown(path), bytes: bytes)
    return ConnectionSecrets.problems(in: document, text) { connectors.connector($0) }
  }

  private static func path(_ project: Project) -> String? {
    ["\(project.flows)/connections.json", "\(project.root)/connections.json"].first {
      FileManager.default.fileExists(atPath: $0)
    }
  }

  private static func declarations(_ object: JSONObject, _ shown: String)
    throws(CommandFailure) -> [ConnectionDeclaration]
  {
    var declarations: [ConnectionDeclaration] = []
    for member in object.members where !otherSections.contains(member.key) {
      if member.key == "managedApiConnections" {
        declarations += (member.value.objectValue?.members ?? []).map { managed($0.key, $0.value) }
      } else {
        declarations.append(try declaration(member.key, member.value, shown))
      }
    }
    return declarations
  }

  private static let otherSections: Set<String> = [
    "$schema", "serviceProviderConnections", "functionConnections", "apiManagementConnections",
  ]

  private static func declaration(_ name: String, _ value: JSON, _ shown: String)
    throws(CommandFailure) -> ConnectionDeclaration
  {
    guard let connector = value["connector"]?.stringValue else {
      throw invalid(shown, "the connection '\(name)' has no 'connector'")
    }
    return ConnectionDeclaration(
      name: name,
      connector: connector,
      parameterSet: value["parameterSet"]?.stringValue,
      parameters: value["parameters"]?.objectValue ?? JSONObject(),
      limit: try limit(value["limits"], name, shown)
    )
  }

  private static func limit(_ value: JSON?, _ name: String, _ shown: String)
    throws(CommandFailure) -> ConnectionDeclaration.Limit
  {
    guard let value else { return .ofConnector }
    if let limit = ConnectionDeclaration.Limit(value) { return limit }
    throw invalid(
      shown,
      "the 'limits' of '\(name)' are neither \"off\" nor {\"calls\", \"renewalPeriod\"} in seconds"
    )
  }

  /// The connector is the last part of the API's resource id.
  private static func managed(_ name: String, _ value: JSON) -> ConnectionDeclaration {
    let api = value["api"]?["id"]?.stringValue ?? ""
    return ConnectionDeclaration(
      name: name,
      connector: api.split(separator: "/").last.map(String.init) ?? name,
      parameters: value["parameterValues"]?.objectValue ?? JSONObject()
    )
  }

  private static func invalid(_ file: String, _ why: String) -> CommandFailure {
    CommandFailure(
      [Diagnostic(.invalidSetting, why, location: SourceLocation(file: file))],
      .invalid
    )
  }
}
