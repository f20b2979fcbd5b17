import Engine
import OrderedJSON
import Runtime

/// What came of an event that a command made.
struct TriggerOutcome: Sendable {
  private let receipt: TriggerReceipt

  init(_ receipt: TriggerReceipt) { self.receipt = receipt }

  private var runs: [RunDriver] {
    if case .started(let runs) = receipt { runs } else { [] }
  }

  /// Waits for the end of its runs, which this process drives.
  func attend(_ context: Context) async {
    for run in runs { _ = try? await RunAttendance(context).end(of: run) }
  }

  var status: String {
    switch receipt {
    case .started: "Succeeded"
    case .waiting: "Waiting"
    case .skipped: "Skipped"
    case .failed: "Failed"
    case .full: "Refused"
    case .duplicate: "Duplicate"
    }
  }

  private var error: (code: String, message: String)? {
    switch receipt {
    case .failed(let code, let message): (code, message)
    case .full: ("TooManyWaitingRuns", "As many runs wait as may.")
    case .started, .waiting, .skipped, .duplicate: nil
    }
  }

  var hasFailed: Bool { error != nil }

  var json: JSON {
    [
      "status": .string(status),
      "runs": .array(runs.map { .string($0.run.text) }),
      "error": error.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
    ]
  }

  var text: String {
    if let error { return "\(status): \(error.code): \(error.message)" }
    return ([status] + runs.map(\.run.text)).joined(separator: " ")
  }
}
