import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// The triggers of a project: what the files say, and what the store knows of them.
struct TriggerTable: Sendable {
  private let workspace: Workspace
  private var rows: [String: StoredTrigger] = [:]
  /// The last good versions of flows, by name in lower case.
  private var served: [String: ServedFlow] = [:]

  /// A table of the files alone.
  init(workspace: Workspace) { self.workspace = workspace }

  /// - Throws: `CommandFailure` when the store cannot be read.
  init(_ session: Session) async throws(CommandFailure) {
    workspace = session.workspace
    let store = session.environment.store
    let versions = FlowVersions(workspace: workspace, store: store)
    do throws(StoreFailure) {
      for row in try await store.triggers() { rows[Self.key(row.flow, row.trigger)] = row }
      for flow in try await store.flows() {
        served[flow.name.lowercased()] = await versions.served(flow, isPresent: true)
      }
    } catch {
      throw CommandFailure(error)
    }
  }

  /// One document for each trigger, in the order of the flows.
  ///
  /// - Throws: `CommandFailure` when a file cannot be read.
  func rows(now: Timestamp) throws(CommandFailure) -> [JSON] {
    var documents: [JSON] = []
    for entry in workspace.flows.entries() {
      let flow = try workspace.flows.read(entry).flow
      let errors = try workspace.problems(of: entry).filter { $0.severity == .error }
      let last = served[entry.name.lowercased()]
      let triggers = errors.isEmpty ? flow?.triggers : last?.triggers ?? flow?.triggers
      for trigger in triggers ?? [] {
        documents.append(document(trigger, of: entry.name, errors, now))
      }
    }
    return documents
  }

  private func document(
    _ trigger: FlowTrigger,
    of flow: String,
    _ errors: [Diagnostic],
    _ now: Timestamp
  ) -> JSON {
    let row = rows[Self.key(flow, trigger.name)]
    let isEnabled = served[flow.lowercased()]?.isEnabled ?? true
    let rests = row?.isPaused == true || !isEnabled
    let next = rests ? nil : self.next(trigger, row, now)
    let state =
      row?.isPaused == true
      ? "Paused" : !isEnabled ? "Disabled" : errors.isEmpty ? "Enabled" : "Broken edit"
    var document: JSONObject = [
      "flow": .string(flow), "name": .string(trigger.name), "type": .string(trigger.type),
      "state": .string(state),
      "next": next.map { .string($0.description) } ?? .null,
      "last": row?.last.map { .string($0.description) } ?? .null,
    ]
    if !errors.isEmpty { document["problems"] = .array(errors.map(\.json)) }
    return .object(document)
  }

  /// When a server acts next, or would if it ran.
  private func next(_ trigger: FlowTrigger, _ row: StoredTrigger?, _ now: Timestamp) -> Timestamp? {
    guard let timer = TimerDecoder.decode(trigger).timer else { return row?.due }
    if let due = row?.due, due > now { return due }
    guard let series = TimerSeries(timer, enabled: row?.enabled ?? now) else { return nil }
    let isRecurrence = if case .recurrence = timer.kind { true } else { false }
    return series.due(after: isRecurrence ? max(row?.last ?? now, now) : row?.last)
  }

  private static func key(_ flow: String, _ trigger: String) -> String {
    "\(flow.lowercased())\n\(trigger.lowercased())"
  }
}
