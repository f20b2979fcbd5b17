import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// What failures of the layers below mean for a client.
extension Problem {
  init(_ failure: RuntimeFailure) {
    switch failure {
    case .store(let failure): self.init(failure)
    case .vault(let failure):
      self.init(
        500,
        "SecretUnreadable",
        "Stored secrets cannot be read: \(failure.message). Check the key of the data folder."
      )
    case .unknownRun(let run): self = .unknownRun(run.text)
    case .ownedElsewhere(let run):
      self = .conflict("WorkflowRunOwnedElsewhere", "Another process drives the run '\(run)'.")
    case .interrupted(let run):
      self.init(
        503,
        "ServiceUnavailable",
        "The server stops; the run '\(run)' goes on when it is started again."
      )
    case .unreadable(let run, let why):
      self.init(500, "WorkflowRunUnreadable", "The run '\(run)' cannot be read: \(why).")
    case .invalid(let diagnostics):
      self.init(diagnostics, "InvalidTemplate", "The workflow cannot be used as it is.")
    }
  }

  init(_ failure: StoreFailure) {
    let advice = failure.advice.map { "; \($0)" } ?? ""
    let message = "The store failed: \(failure.message)\(advice)."
    switch failure.kind {
    case .conflict, .exists, .fired: self = .conflict("Conflict", message)
    case .notFound: self = .notFound("NotFound", message)
    case .diskFull: self.init(507, "InsufficientStorage", message)
    case .busy, .closed:
      self.init(503, "ServiceUnavailable", message)
      headers["Retry-After"] = "2"
    case .readOnly, .corrupt, .newerVersion, .io: self.init(500, "StoreFailed", message)
    }
  }

  /// What is wrong with something that the client sent.
  init(_ diagnostics: [Diagnostic], _ code: String, _ message: String) {
    let first = diagnostics.first { $0.severity == .error } ?? diagnostics.first
    let reason = first.map { " \($0.message.capitalizedSentence)" } ?? ""
    self.init(422, code, message + reason)
    details = diagnostics.map(DiagnosticDocument.json)
  }

  static func unknownRun(_ run: String, of flow: String? = nil) -> Problem {
    let place = flow.map { "The workflow '\($0)' run '\(run)'" } ?? "The run '\(run)'"
    return .notFound("WorkflowRunNotFound", "\(place) could not be found.")
  }
}

extension String {
  /// With a capital and a full stop, as messages of the product have them.
  fileprivate var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
