import Diagnostics
import Synchronization

/// Keeps the flows that were used last ready to be started, and those that are due soon; a change of
/// a flow drops it.
package final class CompiledFlows: Sendable {
  private struct Entry {
    var planHash: String
    var loading: Task<Result<CompiledFlow, Diagnostic>, Never>
    var lastUse: UInt64
    /// Whether it was made ready ahead of time and not used since.
    var isAhead: Bool
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var uses: UInt64 = 0
    var aheadCount = 0
    /// Of the flows that were used, and of those that are ready ahead of time.
    var order = UseOrder()
    var aheadOrder = UseOrder()

    mutating func note(_ key: String, isAhead: Bool) {
      if isAhead { aheadOrder.add(key, number: uses) } else { order.add(key, number: uses) }
      guard max(order.count, aheadOrder.count) > 2 * entries.count + 64 else { return }
      // What is used again and again must not fill the memory.
      order = order.kept { counts($0, false) }
      aheadOrder = aheadOrder.kept { counts($0, true) }
    }

    private func counts(_ use: UseOrder.Use, _ isAhead: Bool) -> Bool {
      guard let entry = entries[use.key] else { return false }
      return entry.isAhead == isAhead && entry.lastUse == use.number
    }

    mutating func dropOldest(isAhead: Bool) {
      while let use = isAhead ? aheadOrder.removeFirst() : order.removeFirst() {
        guard counts(use, isAhead) else { continue }
        return drop(use.key)
      }
    }

    mutating func drop(_ key: String) {
      guard let entry = entries.removeValue(forKey: key) else { return }
      if entry.isAhead { aheadCount -= 1 }
    }
  }

  private let catalog: FlowCatalog
  private let environment: Environment
  private let state = Mutex(State())
  private let capacity: Int
  /// How many flows may be ready ahead of time besides those that were used.
  private let aheadCapacity: Int

  package init(
    catalog: FlowCatalog,
    environment: Environment,
    capacity: Int = 256,
    aheadCapacity: Int = TriggerBook.width
  ) {
    self.catalog = catalog
    self.environment = environment
    self.capacity = capacity
    self.aheadCapacity = aheadCapacity
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
    let result = await loading(served, isAhead: false).value
    if case .failure = result { forget(served.name) }
    return try result.get()
  }

  /// Compiles a flow that is due soon; what is wrong with it shows when it is.
  func prepare(_ served: ServedFlow) async {
    let result = await loading(served, isAhead: true).value
    if case .failure = result { forget(served.name) }
  }

  /// How many flows are ready: used ones, and ones ahead of time.
  var counts: (used: Int, ahead: Int) {
    state.withLock { ($0.entries.count - $0.aheadCount, $0.aheadCount) }
  }

  private func loading(_ served: ServedFlow, isAhead: Bool)
    -> Task<Result<CompiledFlow, Diagnostic>, Never>
  {
    state.withLock { state in
      let key = served.name.lowercased()
      state.uses += 1
      if let entry = state.entries[key], entry.planHash == served.planHash {
        state.entries[key]?.lastUse = state.uses
        if entry.isAhead, !isAhead {
          state.entries[key]?.isAhead = false
          state.aheadCount -= 1
        }
        state.note(key, isAhead: entry.isAhead && isAhead)
        trim(&state)
        return entry.loading
      }
      let catalog = catalog
      let loading = Task(executorPreference: environment.executor) {
        await Self.load(served, from: catalog)
      }
      state.drop(key)
      state.entries[key] = Entry(
        planHash: served.planHash,
        loading: loading,
        lastUse: state.uses,
        isAhead: isAhead
      )
      if isAhead { state.aheadCount += 1 }
      state.note(key, isAhead: isAhead)
      trim(&state)
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

  private func trim(_ state: inout State) {
    if state.aheadCount > aheadCapacity { state.dropOldest(isAhead: true) }
    if state.entries.count - state.aheadCount > capacity { state.dropOldest(isAhead: false) }
  }

  private func forget(_ name: String) {
    state.withLock { $0.drop(name.lowercased()) }
  }
}
