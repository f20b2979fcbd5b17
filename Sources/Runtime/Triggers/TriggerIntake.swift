package import Engine

/// Takes in what triggers report: conditions, `splitOn`, concurrency, then durable runs.
package protocol TriggerIntake: Sendable {
  /// Whatever comes of it is durable and in the trigger's history when this returns.
  ///
  /// - Throws: `RuntimeFailure` when the store cannot take it; nothing has happened then.
  func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt

  /// Makes ready what it needs for a flow whose trigger is due soon; it may do nothing.
  func prepare(_ flow: ServedFlow) async
}

extension TriggerIntake {
  package func prepare(_ flow: ServedFlow) async {}
}

extension TriggerReceipt {
  /// What came of it in one word.
  package var word: String {
    switch self {
    case .started: "Succeeded"
    case .waiting: "Waiting"
    case .skipped: "Skipped"
    case .failed: "Failed"
    case .full: "Refused"
    case .duplicate: "Duplicate"
    }
  }

  /// The runs that were started.
  package var runs: [RunID] {
    if case .started(let drivers) = self { drivers.map(\.run) } else { [] }
  }

  /// Why there are none, when something is wrong.
  package var problem: (code: String, message: String)? {
    switch self {
    case .failed(let code, let message): (code, message)
    case .full: ("TooManyWaitingRuns", "As many runs wait as may.")
    case .started, .waiting, .skipped, .duplicate: nil
    }
  }
}

/// What came of an occurrence.
package enum TriggerReceipt: Sendable {
  /// Runs that were started, in the order of the items.
  case started([RunDriver])
  /// Accepted; its run waits for others to end.
  case waiting
  /// A condition was not met, or there was no item.
  case skipped
  /// Recorded as failed: a condition, `splitOn` or the flow itself is wrong.
  case failed(code: String, message: String)
  /// As many runs wait as may; nothing was recorded.
  case full
  /// This identity was taken in before.
  case duplicate
}
