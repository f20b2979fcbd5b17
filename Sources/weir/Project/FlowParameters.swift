import Definitions
import Diagnostics
import Expressions
import Foundation
import OrderedJSON
import Runtime

/// The values of a flow's parameters: from `parameters.json`, the flow's wrapper, or its defaults.
///
/// A test gives values of its own, which come before all others.
///
/// Source: workflow language reference, section a.2.
enum FlowParameters {
  /// - Throws: `CommandFailure` when a file cannot be used or a value is missing.
  static func values(for flow: Flow, _ workspace: Workspace) throws(CommandFailure) -> JSONObject {
    try values(for: flow, workspace) { workspace.settings[$0] }
  }

  /// - Throws: `CommandFailure` when a file cannot be used or a value is missing.
  static func values(
    for flow: Flow,
    _ workspace: Workspace,
    given: JSONObject = JSONObject(),
    setting: @escaping @Sendable (String) -> String?
  ) throws(CommandFailure) -> JSONObject {
    let shared = try shared(workspace.project)
    let scope = SettingScope(setting: setting)
    var values = JSONObject()
    for parameter in flow.parameters {
      let given =
        given.value(ignoringCaseOf: parameter.name)
        ?? shared.value(ignoringCaseOf: parameter.name)?["value"] ?? flow.parameterValues.value(
          ignoringCaseOf: parameter.name
        ) ?? parameter.defaultValue
      if let given {
        values[parameter.name] = try evaluate(given, parameter, scope)
      } else if parameter.name == "$connections" {
        values[parameter.name] = try connections(workspace)
      } else if parameter.name == "$authentication" {
        values[parameter.name] = [:]
      } else {
        throw missing(parameter, flow)
      }
    }
    return values
  }

  private static func shared(_ project: Project) throws(CommandFailure) -> JSONObject {
    for path in ["\(project.flows)/parameters.json", "\(project.root)/parameters.json"]
    where FileManager.default.fileExists(atPath: path) {
      let shown = project.shown(path)
      let value = try InputFile.json(TextFile.read(path, shownAs: shown), file: shown)
      return value.objectValue ?? JSONObject()
    }
    return JSONObject()
  }

  private static func evaluate(_ value: JSON, _ parameter: FlowParameter, _ scope: SettingScope)
    throws(CommandFailure) -> JSON
  {
    do throws(ExpressionError) {
      return try Template(compiling: value).evaluate(in: scope)
    } catch {
      let message =
        "the value of the parameter '\(parameter.name)' cannot be evaluated: \(error.message)"
      throw CommandFailure(
        [Diagnostic(error.diagnosticCode, message, hint: error.hint)],
        .invalid
      )
    }
  }

  /// Stands for the connections that an ARM deployment would hand in: names lead to names.
  private static func connections(_ workspace: Workspace) throws(CommandFailure) -> JSON {
    let declared = try ConnectionFile.read(workspace.project).map(\.name)
    let stored = workspace.storedConnections.keys.sorted().filter { name in
      !declared.contains { $0.lowercased() == name }
    }
    let members = (declared + stored).map { name -> (String, JSON) in
      let text = JSON.string(name)
      return (name, ["connectionId": text, "connectionName": text, "id": text])
    }
    return .object(JSONObject(members))
  }

  private static func missing(_ parameter: FlowParameter, _ flow: Flow) -> CommandFailure {
    CommandFailure(
      [
        Diagnostic(
          .missingSetting,
          "the parameter '\(parameter.name)' of the flow '\(flow.name)' has no value",
          hint: "give it a defaultValue, or a value in flows/parameters.json",
          location: flow.source.location(of: parameter.pointer, onKey: true)
        )
      ],
      .invalid
    )
  }
}
