import Diagnostics
import Synchronization

/// Keeps the flows that were used last ready to be started; a change of a flow drops it.
package final class CompiledFlows: Sendable {
  private struct Entry {
    var planHash: String
    var loading: Task<Result<CompiledFlow, Diagnostic>, Never>
    var lastUse: UInt64
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses: UInt64 = 0
  }

  private let catalog: FlowCatalog
  private let environment: Environment
  private let state = Mutex(State())
  private let capacity: Int

  package init(catalog: FlowCatalog, environment: Environment, capacity: Int = 256) {
    self.catalog = catalog
    self.environment = environment
    self.capacity = capacity
    catalog.listen { [weak self] change in
      switch change {
      case .changed(let name), .removed(let name): self?.forget(name)
      }
    }
  }

  /// The version of a flow that it names, compiled once however many ask.
  ///
  /// - Throws: `Diagnostic` when it cannot be brought.
  func flow(_ served: ServedFlow) async throws(Diagnostic) -> CompiledFlow {
    let result = await loading(served).value
    if case .failure = result { forget(served.name) }
    return try result.get()
  }

  private func loading(_ served: ServedFlow) -> Task<Result<CompiledFlow, Diagnostic>, Never> {
    state.withLock { state in
      let key = served.name.lowercased()
      state.uses += 1
      if let entry = state.entries[key], entry.planHash == served.planHash {
        state.entries[key]?.lastUse = state.uses
        return entry.loading
      }
      let catalog = catalog
      let loading = Task(executorPreference: environment.executor) {
        await Self.load(served, from: catalog)
      }
      let entry = Entry(planHash: served.planHash, loading: loading, lastUse: state.uses)
      state.entries[key] = entry
      if state.entries.count > capacity { Self.dropOldest(&state) }
      return loading
    }
  }

  private static func load(_ served: ServedFlow, from catalog: FlowCatalog) async
    -> Result<CompiledFlow, Diagnostic>
  {
    do throws(Diagnostic) {
      return .success(CompiledFlow(try await catalog.prepared(served)))
    } catch {
      return .failure(error)
    }
  }

  private static func dropOldest(_ state: inout State) {
    guard let oldest = state.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
      return
    }
    state.entries[oldest.key] = nil
  }

  private func forget(_ name: String) {
    state.withLock { $0.entries[name.lowercased()] = nil }
  }
}
