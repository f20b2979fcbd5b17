package import Diagnostics
import Engine
import OrderedJSON
package import Runtime
package import Seams

/// Why a command stops: what to print and how to exit.
package struct CommandFailure: Error, Sendable {
  package var diagnostics: [Diagnostic]
  package var exitCode: ExitCode

  package init(_ diagnostics: [Diagnostic], _ exitCode: ExitCode) {
    self.diagnostics = diagnostics
    self.exitCode = exitCode
  }

  package init(
    _ code: DiagnosticCode,
    _ message: String,
    hint: String? = nil,
    exitCode: ExitCode
  ) {
    self.init([Diagnostic(code, message, hint: hint)], exitCode)
  }
}

extension CommandFailure {
  /// Says what a failure of the runtime means for the user.
  package init(_ failure: RuntimeFailure) {
    switch failure {
    case .store(let failure): self.init(failure)
    case .vault(let failure): self.init(failure)
    case .unknownRun(let run):
      self.init(
        .unknownRun,
        "there is no run '\(run)'",
        hint: "'weir run list' shows the runs of this data folder",
        exitCode: .notFound
      )
    case .ownedElsewhere(let run):
      self.init(
        .runOwnedElsewhere,
        "another process is driving the run '\(run)'",
        hint: "wait for it, or stop that process first",
        exitCode: .unreachable
      )
    case .interrupted(let run):
      self.init(
        .runOwnedElsewhere,
        "the process that drives the run '\(run)' stops",
        hint: "the run goes on when it is started again, or with: weir run wait \(run)",
        exitCode: .unreachable
      )
    case .unreadable(let run, let why):
      self.init(
        .unreadableRun,
        "the run '\(run)' cannot be read: \(why)",
        hint: "it may have been written by a newer version of weir",
        exitCode: .invalid
      )
    case .invalid(let diagnostics): self.init(diagnostics, .invalid)
    }
  }

  package init(_ failure: VaultFailure) {
    self.init(
      .vault,
      failure.message,
      hint: "use the key file or WEIR_MASTER_KEY under which the data folder was written",
      exitCode: .unreachable
    )
  }

  package init(_ failure: StoreFailure) {
    let hints = [failure.advice, Self.further(failure.kind)].compactMap { $0 }
    self.init(
      .store,
      failure.message,
      hint: hints.isEmpty ? nil : hints.joined(separator: "; "),
      exitCode: .unreachable
    )
  }

  /// What the command line adds to the store's own advice.
  private static func further(_ kind: StoreFailure.Kind) -> String? {
    switch kind {
    case .diskFull: "nothing that was acknowledged is lost"
    case .readOnly, .corrupt, .newerVersion: "--data names another folder"
    case .conflict: "another process works on the same run; look at it with 'weir run show'"
    case .busy, .exists, .fired, .notFound, .closed, .io: nil
    }
  }
}
