internal import Definitions
package import Engine
package import Seams
internal import Timekeeping

/// What the log says about the events of runs; values of a run are never among it.
package enum RunLogEntry {
  /// The events of the log that come from runs.
  package enum Event {
    /// Fields: `run`, `flow`, `trigger`.
    package static let started = "run.started"
    /// Fields: `run`, `flow`, `status`, `seconds`, and `code` when there is one.
    package static let ended = "run.ended"
    /// Fields: `run`, `flow`.
    package static let cancelling = "run.cancelling"
    /// Fields: `run`, `flow`, `step`, `attempt`, `next`, and `status` when there was an answer.
    package static let retrying = "step.retrying"
    /// Fields: `run`, `flow`, `step`, `seconds`.
    package static let throttled = "step.throttled"
    /// Fields: `run`, `flow`, `step`, `status`, `code`.
    package static let stepEnded = "step.ended"
    /// Fields: `run`, `flow`, `step`.
    package static let stepStarted = "step.started"
  }

  /// Waits at a gate that are shorter are no news.
  private static let longWait = Duration.seconds(1)

  /// What to log for an event, with the state that it led to.
  package static func entries(for event: RunEvent, _ state: RunState) -> [Log.Entry] {
    let place = [("run", state.started?.run ?? ""), ("flow", state.plan.flow)]
    func step(_ address: ActionAddress) -> [(String, String)] {
      place + [("step", state.plan.spelled(address))]
    }
    switch event {
    case .runStarted(let start):
      return [Log.Entry(.info, Event.started, place + [("trigger", start.triggerName)])]
    case .actionStarted(let start):
      return [Log.Entry(.debug, Event.stepStarted, step(start.address))]
    case .attemptEnded(let end):
      let wait = throttled(end.attempt, step(end.address))
      return end.pollLocation == nil ? wait + [retrying(end, step(end.address))] : wait
    case .subscribed(let subscription):
      return throttled(subscription.attempt, step(subscription.address))
    case .actionEnded(let end):
      let wait = end.attempt.map { throttled($0, step(end.address)) } ?? []
      return wait + [ended(end, step(end.address))]
    case .cancelRequested: return [Log.Entry(.info, Event.cancelling, place)]
    case .runEnded(let end): return [ended(end, place, state)]
    case .carriedOver, .departed, .actionCarried, .iterationTested, .unsubscribing, .unsubscribed:
      return []
    }
  }

  private static func throttled(_ attempt: Attempt, _ place: [(String, String)]) -> [Log.Entry] {
    guard attempt.waitedForThrottle >= longWait else { return [] }
    let fields = place + [("seconds", seconds(attempt.waitedForThrottle))]
    return [Log.Entry(.info, Event.throttled, fields)]
  }

  private static func retrying(_ end: RunEvent.AttemptEnded, _ place: [(String, String)])
    -> Log.Entry
  {
    var fields = place + [("attempt", "\(end.attempt.number)"), ("next", "\(end.next)")]
    if let status = end.attempt.statusCode { fields.append(("status", "\(status)")) }
    return Log.Entry(.info, Event.retrying, fields)
  }

  private static func ended(_ end: RunEvent.ActionEnded, _ place: [(String, String)])
    -> Log.Entry
  {
    let isTrouble = end.status == .failed || end.status == .timedOut
    return Log.Entry(
      isTrouble ? .info : .debug,
      Event.stepEnded,
      place + [("status", end.status.rawValue), ("code", end.code)]
    )
  }

  private static func ended(
    _ end: RunEvent.RunEnded,
    _ place: [(String, String)],
    _ state: RunState
  ) -> Log.Entry {
    var fields = place + [("status", end.status.rawValue)]
    if let start = state.started?.time { fields.append(("seconds", seconds(end.time - start))) }
    if let code = end.code { fields.append(("code", code)) }
    let isTrouble = end.status == .failed || end.status == .timedOut
    return Log.Entry(isTrouble ? .warning : .info, Event.ended, fields)
  }

  private static func seconds(_ duration: Duration) -> String {
    String((duration.seconds * 1000).rounded() / 1000)
  }
}
