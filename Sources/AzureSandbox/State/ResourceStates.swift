internal import Synchronization

/// The state of one service: a value for each resource.
final class ResourceStates<Value: Codable & Sendable>: Sendable {
  private let name: String
  private let shelf: StateShelf
  private let initial: @Sendable () -> Value
  private let cells = Mutex<[String: StateCell<Value>]>([:])

  /// - Parameters:
  ///   - name: Of the service, such as `identity`.
  ///   - shelf: Keeps the values.
  ///   - initial: The value of a new resource.
  init(
    _ name: String,
    on shelf: StateShelf,
    _ initial: @autoclosure @escaping @Sendable () -> Value
  ) {
    self.name = name
    self.shelf = shelf
    self.initial = initial
  }

  /// The value of a resource; an immutable id never comes back, so that a new service of an old
  /// name begins anew.
  subscript(resource: SandboxResource) -> StateCell<Value> {
    cells.withLock { cells in
      if let cell = cells[resource.id] { return cell }
      let cell = StateCell("\(name)/\(resource.id)", initial(), on: shelf)
      cells[resource.id] = cell
      return cell
    }
  }
}
