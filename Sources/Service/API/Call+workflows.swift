import Definitions
import Diagnostics
import OrderedJSON
import Runtime
import Seams

/// What routes about workflows and their triggers share.
extension Call {
  /// The workflows that are served; of those that were removed only the runs are left.
  var flows: [ServedFlow] { parts.catalog.flows.filter { $0.path != nil } }

  /// The workflow that the path names.
  ///
  /// - Throws: `Problem` 404 when it is not served.
  func flow(evenRemoved: Bool = false) throws(Problem) -> ServedFlow {
    let name = self["workflow"]
    if let flow = parts.catalog.flow(name), evenRemoved || flow.path != nil { return flow }
    let nearest = NearestName.suggestion(for: name, among: flows.map(\.name))
    let hint = nearest.map { " Did you mean '\($0)'?" } ?? ""
    throw .notFound("WorkflowNotFound", "The workflow '\(name)' could not be found.\(hint)")
  }

  /// The trigger that the path names.
  ///
  /// - Throws: `Problem` 404 when there is none.
  func trigger() throws(Problem) -> (flow: ServedFlow, trigger: FlowTrigger) {
    let flow = try flow()
    if let trigger = flow.trigger(named: self["trigger"]) { return (flow, trigger) }
    throw .notFound(
      "WorkflowTriggerNotFound",
      "The workflow '\(flow.name)' trigger '\(self["trigger"])' could not be found."
    )
  }

  /// The definition of a version.
  ///
  /// - Throws: `Problem` 404 when the store has no such version.
  func definition(_ hash: String) async throws(Problem) -> JSON {
    try await version(hash)["definition"] ?? .null
  }

  /// The document of a version: `{kind, definition}`.
  ///
  /// - Throws: `Problem` 404 when the store has no such version.
  func version(_ hash: String) async throws(Problem) -> JSON {
    let plan = try await asking { store throws(StoreFailure) in try await store.plan(hash) }
    guard let plan, let document = try? JSON(parsing: plan.document) else {
      throw .notFound("WorkflowVersionNotFound", "The version '\(hash)' could not be found.")
    }
    return document
  }
}
