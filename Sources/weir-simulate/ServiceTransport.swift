import HTTPMessages
import Seams
import Simulation
import Timekeeping

/// The way from one process to the services and back.
struct ServiceTransport: HTTPTransport {
  let service: SimulatedService
  let clock: ProcessClock
  let life: Life
  let breakage: Breakage?

  func send(_ request: HTTPRequest, limits: TransferLimits)
    async throws(TransportFailure) -> HTTPResponse
  {
    guard !life.isOver, !Task.isCancelled else { throw Self.cancelled }
    guard let sent = ServiceRequest(changed(request)) else {
      throw TransportFailure(.invalidRequest, "the request belongs to no step")
    }
    let fate = service.fate(of: sent)
    if fate.isLostThere || breakage == .neverAnswers { throw await loss(fate, limits) }
    // What left cannot be called back, whatever becomes of its sender.
    let isWaitedFor = await sleep(fate.there)
    let response = service.answer(sent)
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
