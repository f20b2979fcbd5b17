import Synchronization

/// The names of flows that changed and were not looked at since.
final class ChangedFlows: Sendable {
  private let names = Mutex<Set<String>>([])

  var isSome: Bool { names.withLock { !$0.isEmpty } }

  func add(_ name: String) { _ = names.withLock { $0.insert(name) } }

  func take() -> Set<String> {
    names.withLock { names in
      defer { names = [] }
      return names
    }
  }
}
