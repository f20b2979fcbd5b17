import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Timekeeping

/// The way from one process to the services and back.
struct ServiceTransport: HTTPTransport {
  let service: SimulatedService
  let counterparts: [any Counterpart]
  let clock: ProcessClock
  let life: Life
  let breakage: Breakage?

  func send(_ request: HTTPRequest, limits: TransferLimits)
    async throws(TransportFailure) -> HTTPResponse
  {
    guard !life.isOver, !Task.isCancelled else { throw Self.cancelled }
    let changed = changed(request)
    if let sent = ServiceRequest(changed) {
      let response = try await exchange(service.fate(of: sent), limits) { service.answer(sent) }
      return breakage == .tearsPages ? torn(response, of: sent) : response
    }
    guard let other = counterparts.first(where: { $0.name == changed.host }) else {
      throw TransportFailure(.invalidRequest, "the request belongs to no step")
    }
    other.leaves(from: clock.process)
    defer { other.isDone(from: clock.process) }
    if breakage == .renewsTwice { other.leaves(from: clock.process) }
    return try await exchange(service.fate(), limits) {
      let response = other.answer(changed)
      service.note("process \(clock.process) asked \(changed.url): \(response.status)")
      return response
    }
  }

  /// Brings a request there and its answer back, as far as its fate lets it.
  private func exchange(
    _ fate: SimulatedService.Fate,
    _ limits: TransferLimits,
    _ answer: () -> HTTPResponse
  ) async throws(TransportFailure) -> HTTPResponse {
    if fate.isLostThere || breakage == .neverAnswers { throw await loss(fate, limits) }
    // What left cannot be called back, whatever becomes of its sender.
    let isWaitedFor = await sleep(fate.there)
    let response = answer()
    guard isWaitedFor else { throw Self.cancelled }
    if fate.isLostBack { throw await loss(fate, limits) }
    guard fate.back < limits.totalTimeout else { throw await loss(silent: true, limits) }
    guard await sleep(fate.back) else { throw Self.cancelled }
    return response
  }

  private func changed(_ request: HTTPRequest) -> HTTPRequest {
    guard breakage == .changesKey, request.headers[ServiceConnector.keyHeader] != nil else {
      return request
    }
    var changed = request
    changed.headers[ServiceConnector.keyHeader] = "key-\(service.dice.below(1_000_000))"
    return changed
  }

  private func torn(_ response: HTTPResponse, of sent: ServiceRequest) -> HTTPResponse {
    guard sent.purpose == .piece, sent.request.path == "/list" else { return response }
    var torn = response
    torn.body = JSON.object(["value": []]).bytes
    return torn
  }

  private func loss(_ fate: SimulatedService.Fate, _ limits: TransferLimits) async
    -> TransportFailure
  {
    await loss(silent: fate.isSilent || breakage == .neverAnswers, limits)
  }

  private func loss(silent: Bool, _ limits: TransferLimits) async -> TransportFailure {
    let longest = breakage == .neverAnswers ? Duration.seconds(100 * 86_400) : limits.totalTimeout
    guard await sleep(silent ? longest : .milliseconds(50)) else { return Self.cancelled }
    return silent
      ? TransportFailure(.timeout, "no response in time")
      : TransportFailure(.connection, "the connection broke")
  }

  /// `false` when the sender does not wait any longer.
  private func sleep(_ duration: Duration) async -> Bool {
    guard duration > .zero else { return true }
    return (try? await clock.pause(for: duration)) != nil
  }

  private static let cancelled = TransportFailure(.cancelled, "the request was cancelled")
}
