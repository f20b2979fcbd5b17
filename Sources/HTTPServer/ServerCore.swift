internal import CMicroHTTPD
internal import HTTPMessages
internal import Synchronization

/// What the library's polling thread calls: gathers requests, starts handlers, sends responses.
final class ServerCore: Sendable {
  typealias Handler = @Sendable (HTTPRequest, Peer) async -> HTTPResponse

  private let limits: ServerLimits
  private let handler: Handler
  private let exchanges = Mutex(Exchanges())

  private struct Exchanges {
    var atWork: [ObjectIdentifier: Exchange] = [:]
    var isDraining = false
    var isHalted = false
  }

  init(limits: ServerLimits, handler: @escaping Handler) {
    self.limits = limits
    self.handler = handler
  }

  // MARK: Steps of a request

  /// One call of the library about a request; they come in the order begin, body parts, end.
  func step(
    _ exchange: Exchange,
    method: UnsafePointer<CChar>,
    data: UnsafePointer<CChar>?,
    count: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    if let response = exchange.response {
      return exchange.send(response, closes: isDraining)
    }
    guard exchange.hasBegun else { return begin(exchange) }
    guard count.pointee == 0 else {
      defer { count.pointee = 0 }
      return receive(exchange, UnsafeRawBufferPointer(start: data, count: count.pointee))
    }
    return end(exchange, method: String(cString: method))
  }

  /// A body that is announced too large is refused before it is sent.
  private func begin(_ exchange: Exchange) -> MHD_Result {
    exchange.hasBegun = true
    guard let announced = exchange.announcedCount else { return .YES }
    guard announced <= limits.bodyBytes else { return refuse(exchange) }
    exchange.body.reserveCapacity(min(announced, 1 << 20))
    return .YES
  }

  /// What exceeds the limit is read and forgotten up to a point, so that the client sees the 413.
  private func receive(_ exchange: Exchange, _ data: UnsafeRawBufferPointer) -> MHD_Result {
    exchange.bodyCount += data.count
    guard exchange.bodyCount > limits.bodyBytes else {
      exchange.body.append(contentsOf: data)
      return .YES
    }
    exchange.body = []
    return exchange.bodyCount <= limits.bodyBytes + Self.forgivenBytes ? .YES : .NO
  }

  private static let forgivenBytes = 1 << 20

  private func end(_ exchange: Exchange, method: String) -> MHD_Result {
    guard exchange.bodyCount <= limits.bodyBytes else { return refuse(exchange) }
    let request = exchange.takeRequest(method: method)
    let peer = exchange.peer
    guard suspend(exchange) else { return .NO }
    let handler = handler
    exchange.setTask(Task.detached { exchange.answer(await handler(request, peer)) })
    return .YES
  }

  /// Returns whether the server still runs; once it has halted, nothing may be suspended any more.
  private func suspend(_ exchange: Exchange) -> Bool {
    exchanges.withLock { exchanges in
      guard !exchanges.isHalted else { return false }
      exchanges.atWork[ObjectIdentifier(exchange)] = exchange
      exchange.suspend()
      return true
    }
  }

  private func refuse(_ exchange: Exchange) -> MHD_Result {
    let text = "The request body is larger than \(limits.bodyBytes) bytes.\n"
    let response = HTTPResponse(
      status: 413,
      headers: ["Content-Type": "text/plain; charset=utf-8"],
      body: Array(text.utf8)
    )
    return exchange.send(response, closes: true)
  }

  /// The response was sent, or the connection broke.
  func complete(_ exchange: Exchange) {
    exchanges.withLock { _ = $0.atWork.removeValue(forKey: ObjectIdentifier(exchange)) }
  }

  // MARK: Stopping

  /// From now on every response closes its connection.
  func drain() { exchanges.withLock { $0.isDraining = true } }

  private var isDraining: Bool { exchanges.withLock(\.isDraining) }

  /// How many requests wait for their response to be made or sent.
  var requestsAtWork: Int { exchanges.withLock(\.atWork.count) }

  /// Drops what is not answered yet, and whatever still comes.
  func halt() {
    let unanswered = exchanges.withLock { exchanges in
      exchanges.isHalted = true
      return Array(exchanges.atWork.values)
    }
    for exchange in unanswered { exchange.abandon() }
  }
}
