import CommandLineArguments
import Definitions
import OrderedJSON

extension Command {
  static let flowShow = Command(
    spec: CommandSpec(
      "flow",
      "show",
      summary: "Show the structure of a flow",
      positionals: [PositionalSpec("FLOW", "A flow file or name")]
    )
  ) { context in
    let workspace = try Workspace(context)
    let entry = try workspace.flows.entry(named: context.arguments[0] ?? "")
    let (found, diagnostics) = try workspace.flows.read(entry)
    guard let flow = found else { throw CommandFailure(diagnostics, .invalid) }
    if context.wantsJSON {
      context.print(document(flow))
    } else {
      let triggers = flow.triggers.map { "\($0.name) (\($0.type))" }.joined(separator: ", ")
      context.print("\(flow.name): starts by \(triggers.isEmpty ? "nothing" : triggers)")
      for line in lines(flow.actions, indent: "  ") { context.print(line) }
    }
    return .success
  }

  private static func lines(_ actions: [FlowAction], indent: String) -> [String] {
    actions.flatMap { action -> [String] in
      let after = action.runAfter.map { condition in
        let statuses = condition.statuses.map(\.rawValue)
        return statuses == ["Succeeded"]
          ? condition.action : "\(condition.action) [\(statuses.joined(separator: ", "))]"
      }
      let suffix = after.isEmpty ? "" : "  after \(after.joined(separator: ", "))"
      return ["\(indent)\(action.name) (\(action.type))\(suffix)"]
        + action.kind.blocks.flatMap { lines($0.actions, indent: indent + "  ") }
    }
  }

  private static func document(_ flow: Flow) -> JSON {
    [
      "name": .string(flow.name),
      "kind": .string(flow.kind.rawValue),
      "triggers": .array(
        flow.triggers.map { ["name": .string($0.name), "type": .string($0.type)] }
      ),
      "actions": .array(flow.actions.map(document)),
    ]
  }

  private static func document(_ action: FlowAction) -> JSON {
    [
      "name": .string(action.name),
      "type": .string(action.type),
      "runAfter": .object(
        JSONObject(
          action.runAfter.map { ($0.action, .array($0.statuses.map { .string($0.rawValue) })) }
        )
      ),
      "actions": .array(action.kind.blocks.flatMap { $0.actions.map(document) }),
    ]
  }
}
