import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams

/// Prints each expression of an action with the value that it had in a run.
struct ExplanationOutput {
  private let session: Session
  private let record: RunRecord

  init(_ session: Session, _ record: RunRecord) {
    self.session = session
    self.record = record
  }

  /// - Throws: `CommandFailure` when the run has no such action or cannot be read.
  func show(_ name: String) async throws(CommandFailure) {
    let context = session.workspace.context
    let state = try await session.state(of: record)
    let flow = try await session.flow(of: record)
    let addresses = state.order.filter { address in
      let names = [state.plan.actions[address.action].name, state.plan.spelled(address)]
      return names.contains { $0.lowercased() == name.lowercased() }
    }
    guard !addresses.isEmpty else { throw Self.unknown(name, state) }
    let events = try await events()
    var documents: [JSON] = []
    for address in addresses.prefix(Self.instanceLimit) {
      let explanation = ActionExplanation(of: address, in: flow, plan: state.plan, events: events)
      let title = state.plan.spelled(address)
      documents.append(Self.document(title, explanation))
      if !context.wantsJSON { context.print(Self.text(title, explanation)) }
    }
    if context.wantsJSON { context.print(.array(documents)) }
    let rest = addresses.count - Self.instanceLimit
    if rest > 0 { context.note("… and \(rest) more iterations; name one as '\(name)[3]'") }
  }

  private static let instanceLimit = 5

  private func events() async throws(CommandFailure) -> [RunEvent] {
    do throws(RuntimeFailure) {
      return try await session.worker.events(of: record, after: 0)
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func unknown(_ name: String, _ state: RunState) -> CommandFailure {
    let names = state.plan.actions.map(\.name)
    let nearest = NearestName.suggestion(for: name, among: names)
    return CommandFailure(
      .unknownRun,
      "the run has no action '\(name)' so far",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "'weir run show \(state.started?.run ?? "RUN")' lists its actions",
      exitCode: .notFound
    )
  }

  // MARK: Forms

  private static func document(_ title: String, _ explanation: ActionExplanation) -> JSON {
    let entries = explanation.entries.map { entry -> JSON in
      var object: JSONObject = [
        "place": .string(entry.place), "expression": .string(entry.text),
        "depth": .integer(Int64(entry.depth)),
      ]
      object["value"] = entry.value
      object["error"] = entry.error.map { .string($0) }
      return .object(object)
    }
    return ["action": .string(title), "expressions": .array(entries)]
  }

  private static func text(_ title: String, _ explanation: ActionExplanation) -> String {
    var lines = [title]
    var place = ""
    for entry in explanation.entries {
      if entry.place != place {
        place = entry.place
        lines.append("  \(place)")
      }
      let indent = String(repeating: "  ", count: entry.depth + 2)
      let value = entry.value.map { short($0.text) } ?? "✗ \(entry.error ?? "")"
      lines.append("\(indent)\(entry.depth == 0 ? "@" : "")\(entry.text)  =  \(value)")
    }
    if explanation.entries.isEmpty { lines.append("  has no expressions") }
    return lines.joined(separator: "\n")
  }

  private static func short(_ text: String) -> String {
    text.count <= 300 ? text : text.prefix(300) + "…"
  }
}
