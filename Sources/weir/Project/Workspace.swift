import CommandLineArguments
import Connectors
import Crypto
import CurlTransport
import Definitions
import Diagnostics
import Engine
import Expressions
import Foundation
import HTTPMessages
import OrderedJSON
import Runtime
import SQLiteStore
import Seams
import Synchronization

/// A project opened for a command: its flows, connectors, connections and settings.
struct Workspace: Sendable {
  let context: Context
  let project: Project
  let flows: FlowLibrary
  let connectors: ConnectorLibrary
  let settings: AppSettings
  /// The connectors of the connections in the store, by name, once a session has looked.
  var storedConnections: [String: String] = [:]

  init(_ context: Context) throws(CommandFailure) {
    self.context = context
    project = Project(context)
    try project.requireFolder()
    flows = FlowLibrary(project: project)
    connectors = ConnectorLibrary(project: project)
    settings = try AppSettings(project, environment: context.environment)
  }

  /// Everything that is wrong with a flow as far as it can be known without running it.
  ///
  /// - Throws: `CommandFailure` when the file, or a file that it needs, cannot be read.
  func problems(of entry: FlowLibrary.Entry) throws(CommandFailure) -> [Diagnostic] {
    let (flow, diagnostics) = try flows.inspect(entry)
    guard let flow else { return diagnostics }
    let references = references(try ConnectionFile.read(project))
    return (diagnostics + problems(of: flow, references: references)).inOrder
  }

  /// What is wrong with a flow that could be read.
  func problems(of flow: Flow, references: [String: String]) -> [Diagnostic] {
    FlowValidator.problems(of: flow)
      + FlowConnectorCheck.problems(of: flow, references: references) { connectors.connector($0) }
  }

  /// The connectors of declared and stored connections, by name in lower case.
  func references(_ declarations: [ConnectionDeclaration]) -> [String: String] {
    Dictionary(
      declarations.map { ($0.name.lowercased(), $0.connector) },
      uniquingKeysWith: { first, _ in first }
    ).merging(storedConnections) { _, stored in stored }
  }

  /// A flow that another one calls.
  ///
  /// - Throws: `Diagnostic` with the first problem that keeps it from running.
  func called(_ name: String) throws(Diagnostic) -> PreparedFlow {
    do throws(CommandFailure) {
      return try prepare(flows.entry(named: name)).1
    } catch {
      throw error.diagnostics.first
        ?? Diagnostic(.unknownFlow, "the flow '\(name)' cannot be called")
    }
  }

  /// A flow that is free of errors, ready to be started.
  ///
  /// - Throws: `CommandFailure` with all problems when there is an error.
  func prepare(_ entry: FlowLibrary.Entry) throws(CommandFailure) -> (Flow, PreparedFlow) {
    let (found, _) = try flows.read(entry)
    var problems = try problems(of: entry)
    if context.arguments.has("allow-unsupported") {
      problems.removeAll { $0.code == .unsupportedAction }
    }
    guard let flow = found, !problems.contains(where: { $0.severity == .error }) else {
      throw CommandFailure(problems, .invalid)
    }
    if !context.wantsJSON { context.show(problems) }
    let parameters = try FlowParameters.values(for: flow, self)
    do throws(RuntimeFailure) {
      return (flow, try PreparedFlow(flow, parameters: parameters, digests: .openSSL))
    } catch {
      throw CommandFailure(error)
    }
  }
}
