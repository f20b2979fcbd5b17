package import Diagnostics
import Synchronization

/// The flows that a server serves, by name without regard to case.
package final class FlowCatalog: Sendable {
  /// What happened to a flow.
  package enum Change: Hashable, Sendable {
    /// It is new, has a new version, or was enabled or disabled.
    case changed(String)
    case removed(String)
  }

  private let state = Mutex(State())
  private let prepare: @Sendable (ServedFlow) async throws(Diagnostic) -> PreparedFlow

  private struct State {
    var flows: [String: ServedFlow] = [:]
    var listeners: [@Sendable (Change) -> Void] = []
  }

  /// `prepare` brings the version in force with its plan and parameter values; it may keep some.
  package init(
    prepare: @escaping @Sendable (ServedFlow) async throws(Diagnostic) -> PreparedFlow
  ) {
    self.prepare = prepare
  }

  package func flow(_ name: String) -> ServedFlow? {
    state.withLock { $0.flows[name.lowercased()] }
  }

  /// All flows, by name.
  package var flows: [ServedFlow] {
    state.withLock { Array($0.flows.values) }.sorted { $0.name < $1.name }
  }

  /// The version in force, ready to be started.
  ///
  /// - Throws: `Diagnostic` when it cannot be brought.
  package func prepared(_ flow: ServedFlow) async throws(Diagnostic) -> PreparedFlow {
    try await prepare(flow)
  }

  /// Calls back after every change, on the thread that made it.
  package func listen(_ listener: @escaping @Sendable (Change) -> Void) {
    state.withLock { $0.listeners.append(listener) }
  }

  /// Adds a flow, or replaces the one of its name.
  package func put(_ flow: ServedFlow) {
    tell(.changed(flow.name)) { $0.flows[flow.name.lowercased()] = flow }
  }

  package func remove(_ name: String) {
    tell(.removed(name)) { $0.flows[name.lowercased()] = nil }
  }

  private func tell(_ change: Change, after body: (inout sending State) -> Void) {
    let listeners = state.withLock { state in
      body(&state)
      return state.listeners
    }
    for listener in listeners { listener(change) }
  }
}
