import Engine
import OrderedJSON
import Runtime

/// What came of an event that a command made, here or in a server.
struct TriggerOutcome: Sendable {
  let status: String
  private let runs: [RunID]
  private let error: (code: String, message: String)?
  /// Those that this process drives.
  private let drivers: [RunDriver]

  init(_ receipt: TriggerReceipt) {
    status = receipt.word
    runs = receipt.runs
    error = receipt.problem
    if case .started(let drivers) = receipt { self.drivers = drivers } else { drivers = [] }
  }

  /// What a server says.
  init(_ document: JSON) {
    status = document["status"]?.stringValue ?? "Failed"
    runs = (document["runs"]?.arrayValue ?? []).compactMap { $0.stringValue.map { RunID($0) } }
    error = document["error"].map { error in
      (error["code"]?.stringValue ?? "", error["message"]?.stringValue ?? "")
    }
    drivers = []
  }

  /// Whether the line of the trigger had no room, so that nothing has happened.
  var isRefused: Bool { status == "Refused" }

  /// Waits for the end of its runs.
  ///
  /// - Throws: `CommandFailure` when the server that drives them goes away.
  func attend(_ session: Session) async throws(CommandFailure) {
    for run in drivers { _ = try? await RunAttendance(session.workspace.context).end(of: run) }
    guard drivers.isEmpty, let server = session.server else { return }
    for run in runs { _ = try await server.end(of: run, session) }
  }

  var hasFailed: Bool { error != nil }

  var json: JSON {
    [
      "status": .string(status),
      "runs": .array(runs.map { .string($0.text) }),
      "error": error.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
    ]
  }

  var text: String {
    if let error { return "\(status): \(error.code): \(error.message)" }
    return ([status] + runs.map(\.text)).joined(separator: " ")
  }
}
