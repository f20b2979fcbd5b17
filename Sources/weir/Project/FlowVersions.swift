import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Synchronization

/// Brings the versions of flows in force, whatever their files hold now.
final class FlowVersions: Sendable {
  private let workspace: Workspace
  private let store: any Store
  /// What the wrappers of files give to parameters, by flow in lower case; few have one.
  private let parameterValues = Mutex<[String: JSONObject]>([:])

  init(workspace: Workspace, store: any Store) {
    self.workspace = workspace
    self.store = store
  }

  func keep(_ values: JSONObject, of flow: String) {
    parameterValues.withLock { $0[flow.lowercased()] = values.isEmpty ? nil : values }
  }

  /// The version in force with its plan and the values of its parameters.
  ///
  /// - Throws: `Diagnostic` when the store does not have it, or a parameter has no value.
  func prepared(_ served: ServedFlow) async throws(Diagnostic) -> PreparedFlow {
    guard var flow = await flow(served.name, served.planHash) else {
      throw Diagnostic(
        .unknownFlow,
        "the version of the flow '\(served.name)' in force is not in the store",
        hint: "correct its file, so that a new version takes effect"
      )
    }
    let given = parameterValues.withLock { $0[served.name.lowercased()] }
    if let given { flow.parameterValues = given }
    do throws(CommandFailure) {
      return try FlowJudgement.prepared(flow, FlowParameters.values(for: flow, workspace))
    } catch {
      throw error.diagnostics.first
        ?? Diagnostic(.unknownFlow, "the flow '\(served.name)' cannot be started")
    }
  }

  /// A flow as the store has it.
  func served(_ row: StoredFlow, isPresent: Bool) async -> ServedFlow {
    ServedFlow(
      name: row.name,
      planHash: row.planHash,
      triggers: await flow(row.name, row.planHash)?.triggers ?? [],
      changed: row.changed,
      isEnabled: row.isEnabled && isPresent,
      path: nil
    )
  }

  private func flow(_ name: String, _ hash: String) async -> Flow? {
    guard let plan = try? await store.plan(hash) else { return nil }
    return FlowReader.read(name: name, file: name, bytes: plan.document).flow
  }
}
