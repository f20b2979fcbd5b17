import Definitions
import Engine

/// What an event must not contradict.
enum EventCheck {
  static func violations(of event: RunEvent, after state: RunState, _ run: RunID) -> [Violation] {
    switch event {
    case .actionEnded(let ended): return second(ended.address, state, run)
    case .actionCarried(let carried): return second(carried.address, state, run)
    case .runEnded:
      return state.status.isTerminal
        ? [Violation(.doubled, "run \(run) ended a second time")] : []
    case .runStarted:
      return state.version == 0
        ? [] : [Violation(.doubled, "run \(run) began a second time")]
    case .unsubscribing, .unsubscribed: return []
    case .carriedOver, .actionStarted, .departed, .attemptEnded, .iterationTested, .subscribed,
      .cancelRequested:
      return state.status.isTerminal
        ? [
          Violation(
            .reopened,
            "run \(run) goes on after its end: \(RunEventCoding.kind(of: event))"
          )
        ]
        : []
    }
  }

  private static func second(_ address: ActionAddress, _ state: RunState, _ run: RunID)
    -> [Violation]
  {
    guard let known = state.instances[address], known.status.isTerminal else { return [] }
    let name = state.plan.spelled(address)
    return [Violation(.doubled, "the result of '\(name)' in run \(run) was committed twice")]
  }
}
