import Engine
import Synchronization

/// Whoever wants to hear of every run that a worker drives.
final class RunObservers: Sendable {
  /// Hears an event of a run after it became durable, with the state that it led to.
  typealias Observer = @Sendable (RunEvent, RunState) -> Void

  private let observers = Mutex<[Observer]>([])

  func add(_ observer: @escaping Observer) { observers.withLock { $0.append(observer) } }

  /// An observer for one run: its own, then all the others.
  func joined(by own: @escaping Observer) -> Observer {
    { event, state in
      own(event, state)
      for observer in self.observers.withLock({ $0 }) { observer(event, state) }
    }
  }
}
