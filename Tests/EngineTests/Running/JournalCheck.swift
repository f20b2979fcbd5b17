import Engine
import OrderedJSON
import Simulation
import Timekeeping

/// What must hold of every journal, whatever the flow.
enum JournalCheck {
  /// Encoding and reading a journal and folding it gives what the live run had.
  static func differences(_ events: [RunEvent], _ plan: Plan, live: RunState) -> [String] {
    var folded = RunState(plan: plan)
    for event in events {
      let kind = RunEventCoding.kind(of: event)
      let bytes = RunEventCoding.encode(event, plan: plan)
      guard let read = RunEventCoding.decode(kind: kind, bytes: bytes, plan: plan) else {
        return ["an event of kind '\(kind)' cannot be read back"]
      }
      folded.apply(read)
    }
    return folded.picture == live.picture
      ? [] : ["the folded journal is \(folded.picture.text) and not \(live.picture.text)"]
  }

  /// Every beginning of a journal folds, and the run goes on from there until it waits.
  static func goesOnFromEveryPrefix(_ events: [RunEvent], _ plan: Plan) -> [String] {
    let stride = max(1, events.count / 60)
    for length in Swift.stride(from: 0, through: events.count, by: stride) {
      var state = RunState(plan: plan)
      for event in events.prefix(length) { state.apply(event) }
      var rounds = 0
      while state.hasReadyWork, rounds < 1000 {
        let events = state.decide([.proceed], now: CaseRun.start, seed: 1)
        guard !events.isEmpty else { return ["stuck after \(length) events"] }
        rounds += 1
      }
      if !state.status.isTerminal, state.outstanding.isEmpty, length > 0 {
        return ["nothing is outstanding after \(length) events"]
      }
    }
    return []
  }
}
