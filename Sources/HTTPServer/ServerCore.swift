internal import CMicroHTTPD
internal import HTTPMessages
internal import Synchronization

/// What the library's polling threads call: gathers requests, starts handlers, sends responses.
final class ServerCore: Sendable {
  let limits: ServerLimits
  let visitors: Visitors
  let isSecure: Bool
  private let headers: HTTPFields
  private let responder: HTTPServer.Responder
  private let exchanges = Mutex(Exchanges())
  /// How many bytes of bodies are here whose requests are not complete.
  private let arriving = Atomic(0)

  private struct Exchanges {
    var atWork: [ObjectIdentifier: Exchange] = [:]
    var isDraining = false
    var isHalted = false
  }

  init(_ settings: ServerSettings, responder: @escaping HTTPServer.Responder) {
    limits = settings.limits
    headers = settings.headers
    isSecure = settings.certificate != nil
    visitors = Visitors(
      limit: settings.limits.connectionsPerAddress,
      proxies: settings.proxies
    )
    self.responder = responder
  }

  // MARK: Connections

  /// A connection was made; one too many of its address is told so and ended.
  func arrive(_ visitor: Visitor) {
    guard !visitors.arrive(visitor) else { return }
    visitor.refuse(saying: RequestFault.tooManyConnections.wire(adding: headers))
  }

  /// Ends the connections of clients that are too slow or gone.
  func checkVisitors() {
    visitors.check(limits, notice: RequestFault.slow.wire(adding: headers))
  }

  // MARK: Steps of a request

  /// One call of the library about a request; they come in the order begin, body parts, end.
  func step(
    _ exchange: Exchange,
    method: UnsafePointer<CChar>,
    version: UnsafePointer<CChar>?,
    data: UnsafePointer<CChar>?,
    count: UnsafeMutablePointer<Int>
  ) -> MHD_Result {
    if let answer = exchange.answer {
      return exchange.send(answer.response.adding(headers), answer.body, closes: isDraining)
    }
    guard exchange.hasBegun else { return begin(exchange, method, version) }
    guard count.pointee == 0 else {
      defer { count.pointee = 0 }
      return receive(exchange, UnsafeRawBufferPointer(start: data, count: count.pointee))
    }
    return end(exchange)
  }

  /// A body that is announced too large is refused before it is sent.
  private func begin(
    _ exchange: Exchange,
    _ method: UnsafePointer<CChar>,
    _ version: UnsafePointer<CChar>?
  ) -> MHD_Result {
    exchange.hasBegun = true
    exchange.visitor?.enter(.body(0))
    let (head, isUnbroken) = exchange.readHead(method: method, version: version)
    let size = cmhd_header_size(exchange.connection)
    guard size <= limits.headerBytes else {
      return refuse(exchange, .headersTooLarge(limits.headerBytes))
    }
    guard isUnbroken else { return refuse(exchange, .brokenField) }
    if let fault = head.fault(limits: limits) { return refuse(exchange, fault) }
    exchange.head = head
    guard let announced = head.headers.first("Content-Length") else { return .YES }
    guard let announced = Int(announced), announced <= limits.bodyBytes else {
      return refuse(exchange, .bodyTooLarge(limits.bodyBytes))
    }
    exchange.body.reserveCapacity(min(announced, 64 << 10))
    return .YES
  }

  /// What exceeds a limit is read and forgotten up to a point, so that the client sees the refusal.
  private func receive(_ exchange: Exchange, _ data: UnsafeRawBufferPointer) -> MHD_Result {
    exchange.bodyCount += data.count
    exchange.visitor?.receive(exchange.bodyCount)
    if exchange.refusal == nil { exchange.refusal = keep(exchange, data) }
    guard exchange.refusal != nil else { return .YES }
    forgetBody(of: exchange)
    exchange.forgivenCount += data.count
    return exchange.forgivenCount <= Self.forgivenBytes ? .YES : .NO
  }

  private func keep(_ exchange: Exchange, _ data: UnsafeRawBufferPointer) -> RequestFault? {
    guard exchange.bodyCount <= limits.bodyBytes else { return .bodyTooLarge(limits.bodyBytes) }
    let total = arriving.add(data.count, ordering: .relaxed).newValue
    exchange.body.append(contentsOf: data)
    return total <= limits.arrivingBytes ? nil : .overloaded
  }

  private func forgetBody(of exchange: Exchange) {
    arriving.subtract(exchange.body.count, ordering: .relaxed)
    exchange.body = []
  }

  private static let forgivenBytes = 1 << 20

  private func end(_ exchange: Exchange) -> MHD_Result {
    if let refusal = exchange.refusal { return refuse(exchange, refusal) }
    arriving.subtract(exchange.body.count, ordering: .relaxed)
    guard let request = exchange.takeRequest() else { return .NO }
    let peer = exchange.visitor?.peer ?? .unknown
    guard suspend(exchange) else { return .NO }
    exchange.visitor?.enter(.answering)
    exchange.setTask(Task.detached { await self.respond(to: request, peer, exchange) })
    return .YES
  }

  private func respond(to request: HTTPRequest, _ peer: Peer, _ exchange: Exchange) async {
    let answer = await responder(request, peer)
    guard let writeBody = answer.writeBody, request.method != "HEAD" else {
      exchange.resume(with: answer.response)
      return
    }
    let body = StreamedBody(on: exchange.connection)
    exchange.visitor?.enter(.streaming(body))
    guard exchange.resume(with: answer.response, body) else { return }
    // A server that is about to stop waits for no more pieces.
    if isDraining { body.finish() }
    await writeBody(body)
    body.finish()
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

  private func refuse(_ exchange: Exchange, _ fault: RequestFault) -> MHD_Result {
    exchange.visitor?.enter(.answering)
    return exchange.send(fault.response.adding(headers), nil, closes: true)
  }

  /// The response was sent, or the connection broke.
  func complete(_ exchange: Exchange) {
    // What did not become a request still counts as arriving.
    arriving.subtract(exchange.body.count, ordering: .relaxed)
    exchanges.withLock { _ = $0.atWork.removeValue(forKey: ObjectIdentifier(exchange)) }
    exchange.end()
    exchange.visitor?.enter(.head(isFirst: false))
  }

  // MARK: Stopping

  /// From now on every response closes its connection, and streams end.
  func drain() {
    let underWay = exchanges.withLock { exchanges in
      exchanges.isDraining = true
      return Array(exchanges.atWork.values)
    }
    for exchange in underWay { exchange.endStream() }
  }

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
