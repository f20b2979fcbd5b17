internal import OrderedJSON
internal import Timekeeping

/// All numbers that are held or owned, and what is being done with them.
struct NumberBook: Codable, Sendable {
  private(set) var searches: [String: NumberSearch] = [:]
  /// By number.
  private(set) var owned: [String: OwnedNumber] = [:]
  private(set) var operations: [String: NumberOperation] = [:]
  /// By resource and id.
  var reservations: [String: NumberReservation] = [:]
  /// Ids of operations that go on.
  private var unsettled: Set<String> = []

  /// What is over is forgotten when there is so much of it.
  private static let capacity = 10_000

  // MARK: Time

  /// Does what operations were to have done by now, and takes back what no resource has any more.
  mutating func settle(at now: Timestamp, step: Duration, isResource: (String) -> Bool) {
    for id in unsettled.sorted() {
      guard let operation = operations[id] else { continue }
      let end = operation.progress.end(step: step)
      guard end <= now else { continue }
      if operation.failure == nil { perform(operation.task, operation.resource, at: end) }
      operations[id]?.isSettled = true
      unsettled.remove(id)
    }
    guard owned.values.contains(where: { !isResource($0.resource) }) else { return }
    owned = owned.filter { isResource($0.value.resource) }
  }

  private mutating func perform(_ task: NumberOperation.Task, _ resource: String, at now: Timestamp)
  {
    switch task {
    case .search: return
    case .purchase(let id):
      guard let search = searches[id] else { return }
      searches[id]?.stage = .bought
      for number in search.numbers { own(number, search.order, resource, now) }
    case .update(let number, let capabilities):
      owned[number]?.order.capabilities = capabilities
      owned[number]?.isBusy = false
    case .release(let number): owned.removeValue(forKey: number)
    case .buyReservation(let key):
      guard let reservation = reservations[key] else { return }
      reservations[key]?.stage = .completed
      for number in reservation.numbers.values {
        own(number.number, number.order, resource, now)
      }
    }
  }

  private mutating func own(
    _ number: String,
    _ order: NumberOrder,
    _ resource: String,
    _ now: Timestamp
  ) {
    owned[number] = OwnedNumber(number: number, resource: resource, order: order, purchased: now)
  }

  // MARK: What there is

  /// The numbers that nobody else can have now.
  func taken(at now: Timestamp) -> Set<String> {
    var taken = Set(owned.keys)
    for search in searches.values where search.holds(at: now) { taken.formUnion(search.numbers) }
    for reservation in reservations.values where reservation.holds(at: now) {
      taken.formUnion(reservation.numbers.values.map(\.number))
    }
    return taken
  }

  func numbers(of resource: String) -> [OwnedNumber] {
    owned.values.filter { $0.resource == resource }.sorted { $0.number < $1.number }
  }

  func search(_ id: String, of resource: String) -> NumberSearch? {
    searches[id.lowercased()].flatMap { $0.resource == resource ? $0 : nil }
  }

  func operation(_ id: String, of resource: String) -> NumberOperation? {
    operations[id].flatMap { $0.resource == resource ? $0 : nil }
  }

  // MARK: Changes

  mutating func add(_ search: NumberSearch, at now: Timestamp) {
    if searches.count >= Self.capacity {
      searches = searches.filter { $0.value.holds(at: now) }
    }
    searches[search.id] = search
  }

  mutating func begin(_ operation: NumberOperation) {
    if operations.count >= Self.capacity {
      operations = operations.filter { !$0.value.isSettled }
    }
    operations[operation.id] = operation
    unsettled.insert(operation.id)
    guard operation.failure == nil else { return }
    switch operation.task {
    case .search: return
    case .purchase(let id): searches[id]?.stage = .buying
    case .update(let number, _), .release(let number): owned[number]?.isBusy = true
    case .buyReservation(let key): reservations[key]?.stage = .submitted
    }
  }

  /// Ends an operation that goes on, before it has done anything.
  mutating func cancel(_ id: String, step: Duration, at now: Timestamp) {
    guard let operation = operations[id], unsettled.contains(id) else { return }
    operations[id]?.failure = .init(
      code: "OperationCanceled",
      message: "The operation was cancelled."
    )
    guard operation.failure == nil else { return }
    switch operation.task {
    case .search(let id): searches.removeValue(forKey: id)
    case .purchase(let id): searches[id]?.stage = .holding
    case .update(let number, _), .release(let number): owned[number]?.isBusy = false
    case .buyReservation(let key): reservations[key]?.stage = .active
    }
  }

  /// The operation and how far it is; counts as a poll.
  mutating func poll(_ id: String, of resource: String, at now: Timestamp, step: Duration)
    -> (NumberOperation, OperationProgress.Stage)?
  {
    guard let operation = operation(id, of: resource) else { return nil }
    let stage = operations[id]?.progress.poll(at: now, step: step) ?? .ended
    return (operation, stage)
  }
}
