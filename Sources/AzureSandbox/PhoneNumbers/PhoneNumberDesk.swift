internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// The numbers of all resources, for the services that work with them.
final class PhoneNumberDesk: Sendable {
  let step: Duration
  let hold: Duration
  let entropy: any Entropy
  private let resources: ResourceDirectory
  private let book: StateCell<NumberBook>
  private let searches: ServiceWindow?
  private let purchases: ServiceWindow?

  init(_ parts: SandboxParts) {
    step = parts.configuration.operationStep
    hold = parts.configuration.numberHold
    entropy = parts.sources.stream("phone numbers")
    resources = parts.resources
    book = StateCell("phone-numbers", NumberBook(), on: parts.shelf)
    let limits = parts.configuration.phoneNumberLimits
    searches = limits.map {
      ServiceWindow("number-searches", calls: $0.searches, length: $0.window)
    }
    purchases = limits.map {
      ServiceWindow("number-purchases", calls: $0.purchases, length: $0.window)
    }
  }

  /// Looks at the book as it is now, or changes it.
  func change<Result: Sendable>(
    at now: Timestamp,
    _ body: (inout NumberBook) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    try book.change { book throws(Problem) in
      book.settle(at: now, step: step) { resources.resource(id: $0) != nil }
      return try body(&book)
    }
  }

  /// The resource that owns a number.
  func owner(of number: String, at now: Timestamp) -> SandboxResource? {
    let owned = try? change(at: now) { (book) throws(Problem) in book.owned[number] }
    return owned.flatMap { resources.resource(id: $0.resource) }
  }

  /// Whether the resource of a call may send messages from a number.
  func canSend(from number: String, _ call: ServiceCall) -> Bool {
    let owned = try? change(at: call.now) { (book) throws(Problem) in book.owned[number] }
    guard let owned = owned.flatMap({ $0 }) else { return false }
    return owned.resource == call.resource.id && owned.order.capabilities.sms.isOutbound
  }

  // MARK: Limits

  /// - Throws: 429 when the subscription has searched too often.
  func enterSearch(_ call: ServiceCall) throws(Problem) { try enter(searches, call) }

  /// - Throws: 429 when the subscription has bought too often.
  func enterPurchase(_ call: ServiceCall) throws(Problem) { try enter(purchases, call) }

  private func enter(_ window: ServiceWindow?, _ call: ServiceCall) throws(Problem) {
    try window?.enter(call.resource.path.subscription.lowercased(), at: call.now)
  }

  // MARK: Answers

  /// Begins an operation and answers 202 with where to ask for it.
  func accept(
    _ task: NumberOperation.Task,
    failure: NumberOperation.Failure? = nil,
    _ book: inout NumberBook,
    _ call: ServiceCall,
    guid: String? = nil
  ) -> HTTPResponse {
    let operation = NumberOperation(
      guid: guid ?? entropy.uuid(),
      resource: call.resource.id,
      task: task,
      progress: OperationProgress(begun: call.now),
      failure: failure
    )
    book.begin(operation)
    var headers = HTTPFields()
    headers.append(
      "Operation-Location",
      "/phoneNumbers/operations/\(operation.id)?api-version=\(call.version)"
    )
    if let location = operation.location(call.version) { headers.append("Location", location) }
    headers.append("operation-id", operation.id)
    headers.append("\(task.label)-id", operation.guid)
    return HTTPResponse(status: 202, headers: headers)
  }

  /// So many numbers that fit and that nobody has, in no order.
  func stock(
    _ areas: [NumberArea],
    count: Int,
    _ book: NumberBook,
    at now: Timestamp
  ) -> [String] {
    let taken = book.taken(at: now)
    var numbers = areas.flatMap(\.numbers).filter { !taken.contains($0) }
    // The first ones of a shuffle: the rest of it is not needed.
    let wanted = min(count, numbers.count)
    for index in 0..<wanted {
      let rest = UInt64(numbers.count - index)
      numbers.swapAt(index, index + Int(entropy.number() % rest))
    }
    return Array(numbers.prefix(wanted))
  }
}
