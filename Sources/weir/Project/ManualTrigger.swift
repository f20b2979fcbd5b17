import CommandLineArguments
import Definitions
import Diagnostics
import OrderedJSON
import Runtime

/// Starts any trigger by hand, with what the command line gives.
enum ManualTrigger {
  /// - Throws: `CommandFailure` when the trigger or the input cannot be used.
  static func event(_ flow: Flow, _ workspace: Workspace) throws(CommandFailure) -> TriggerEvent {
    let trigger = try trigger(flow, workspace.context)
    let headers = try headers(workspace.context)
    return TriggerEvent(
      name: trigger.name,
      type: trigger.type,
      outputs: try outputs(workspace),
      clientTrackingID: headers.value(ignoringCaseOf: "x-ms-client-tracking-id")?.stringValue,
      isSecret: trigger.secureOutputs
    )
  }

  /// What `--input` and `--header` give.
  ///
  /// - Throws: `CommandFailure` when they cannot be used.
  static func outputs(_ workspace: Workspace) throws(CommandFailure) -> JSON {
    let headers = try headers(workspace.context)
    var outputs = JSONObject()
    if !headers.isEmpty { outputs["headers"] = .object(headers) }
    if let path = workspace.context.arguments.value("input") {
      outputs["body"] = try InputFile.json(at: path, workspace.project)
    }
    return .object(outputs)
  }

  /// The trigger of `--trigger`, or the only one.
  ///
  /// - Throws: `CommandFailure` when there is none of this name, or the flow has several.
  static func trigger(_ flow: Flow, _ context: Context) throws(CommandFailure) -> FlowTrigger {
    let names = flow.triggers.map(\.name)
    guard let wanted = context.arguments.value("trigger") else {
      if flow.triggers.count == 1, let only = flow.triggers.first { return only }
      throw CommandFailure(
        .usage,
        "the flow '\(flow.name)' has \(names.count) triggers",
        hint: "choose one with --trigger: \(names.joined(separator: ", "))",
        exitCode: .usage
      )
    }
    if let match = flow.triggers.first(where: { $0.name.lowercased() == wanted.lowercased() }) {
      return match
    }
    throw CommandFailure(
      .usage,
      "the flow '\(flow.name)' has no trigger '\(wanted)'",
      hint: "it has \(names.joined(separator: ", "))",
      exitCode: .notFound
    )
  }

  private static func headers(_ context: Context) throws(CommandFailure) -> JSONObject {
    var headers = JSONObject()
    for text in context.arguments.values("header") {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw CommandFailure(
          .usage,
          "'--header \(text)' is not K=V",
          hint: "write --header Content-Language=en",
          exitCode: .usage
        )
      }
      headers[String(text[..<equals])] = .string(String(text[text.index(after: equals)...]))
    }
    return headers
  }
}
