import HTTPMessages
import Seams
import Simulation
import Timekeeping

/// Answers every request from the mocks of a case, in simulated time.
struct MockTransport: HTTPTransport {
  let book: MockBook
  let log: RunLog
  private let base: ScriptedTransport

  init(_ book: MockBook, _ log: RunLog, clock: SimulatedClock) {
    self.book = book
    self.log = log
    base = ScriptedTransport(clock: clock) { request in
      let site = CallSite.current
      log.note(SentRequest(site: site, time: clock.now(), request: request))
      switch book.answer(to: site, request) {
      case .answer(.exchange(let result, let after), _):
        return ScriptedAnswer(result: result, latency: after)
      case .answer: return .refused
      case .usedUp(let mock):
        log.note(RunLog.Unanswered(site: site, request: request, usedUp: mock))
      case .none: log.note(RunLog.Unanswered(site: site, request: request))
      }
      return .fail(TransportFailure(.invalidRequest, "no mock answers this request"))
    }
  }

  func send(_ request: HTTPRequest, limits: TransferLimits)
    async throws(TransportFailure) -> HTTPResponse
  {
    try await base.send(request, limits: limits)
  }
}
