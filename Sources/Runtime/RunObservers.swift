import Engine
import Synchronization

/// Whoever wants to hear of every run that a worker drives.
final class RunObservers: Sendable {
  /// Hears an event of a run after it became durable, with the state that it led to.
  typealias Observer = @Sendable (RunEvent, RunState) -> Void

  private let observers = Mutex<[Observer]>([])

  func add(_ observer: @escaping Observer) { observers.withLock { $0.append(observer) } }

  /// The observers of one run: its own, then all the others.
  struct Joined: Sendable {
    let own: Observer?
    let others: RunObservers

    /// Those that there are now.
    var all: [Observer] { (own.map { [$0] } ?? []) + others.observers.withLock { $0 } }
  }

  func joined(by own: Observer?) -> Joined { Joined(own: own, others: self) }
}
