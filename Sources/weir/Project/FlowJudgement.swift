import Connectors
import Crypto
import Definitions
import Diagnostics
import OrderedJSON
import Runtime

/// Whether the version of a flow in a file may take effect.
struct FlowJudgement: Sendable {
  /// What is in force from now on; `nil` when something is wrong.
  var version: Version?
  /// All that is wrong, or worth a warning.
  var problems: [Diagnostic]

  struct Version: Sendable {
    var prepared: PreparedFlow
    var triggers: [FlowTrigger]
    /// Values that the wrapper of the file gives to parameters.
    var parameterValues: JSONObject
  }

  /// Judges a file by everything that can be known without running it.
  init(_ entry: FlowLibrary.Entry, _ workspace: Workspace, references: [String: String]) {
    do throws(CommandFailure) {
      let (found, reading) = try workspace.flows.read(entry)
      guard let flow = found else {
        self.init(version: nil, problems: reading)
        return
      }
      let problems = reading + workspace.problems(of: flow, references: references)
      guard !problems.contains(where: { $0.severity == .error }) else {
        self.init(version: nil, problems: problems)
        return
      }
      let parameters = try FlowParameters.values(for: flow, workspace)
      let prepared = try Self.prepared(flow, parameters)
      self.init(
        version: Version(
          prepared: prepared,
          triggers: flow.triggers,
          parameterValues: flow.parameterValues
        ),
        problems: problems
      )
    } catch {
      self.init(version: nil, problems: error.diagnostics)
    }
  }

  private init(version: Version?, problems: [Diagnostic]) {
    self.version = version
    self.problems = problems
  }

  static func prepared(_ flow: Flow, _ parameters: JSONObject, isMocked: Bool = false)
    throws(CommandFailure) -> PreparedFlow
  {
    do throws(RuntimeFailure) {
      return try PreparedFlow(
        flow,
        parameters: parameters,
        digests: .openSSL,
        isMocked: isMocked
      )
    } catch {
      throw CommandFailure(error)
    }
  }
}
