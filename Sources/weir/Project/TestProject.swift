import Crypto
import Definitions
import Diagnostics
import Engine
import FlowTesting
import Foundation
import OrderedJSON
import Runtime
import Synchronization

/// Runs test files against the flows of a project.
final class TestProject: Sendable {
  private let workspace: Workspace
  private let declarations: [ConnectionDeclaration]
  private let flows = Mutex<[String: Result<Flow, Failure>]>([:])

  /// What a flow is when it cannot be tested.
  private struct Failure: Error {
    var diagnostics: [Diagnostic]
  }

  /// - Throws: `CommandFailure` when the connections of the project cannot be read.
  init(_ workspace: Workspace) throws(CommandFailure) {
    self.workspace = workspace
    declarations = try ConnectionFile.read(workspace.project)
  }

  /// Runs the cases of a file whose names contain a text.
  ///
  /// - Throws: `CommandFailure` with all that is wrong with the file or its flow.
  func run(_ entry: TestLibrary.Entry, filter: String?) throws(CommandFailure) -> TestReport.File {
    let shown = workspace.project.shown(entry.path)
    let bytes = try TextFile.read(entry.path, shownAs: shown)
    let folder = URL(filePath: entry.path).deletingLastPathComponent().path
    let (found, problems) = TestFile.read(flow: entry.flow, file: shown, bytes: bytes) {
      path throws(Diagnostic) in try Self.recording(path, in: folder)
    }
    guard let file = found else { throw CommandFailure(problems, .invalid) }
    if let definition = file.definition { keep(definition, as: file.flow) }
    do throws(Failure) {
      let flow = try flow(named: file.flow)
      let misnamed = TestNames.problems(in: file, flow, connectors: connectors(of: file))
      guard misnamed.isEmpty else { throw Failure(diagnostics: misnamed) }
      return try run(file, flow, shown, filter)
    } catch {
      let isNamed = file.flow != entry.flow
      let problems = error.diagnostics.map { Self.placed($0, shown, isNamed: isNamed) }
      throw CommandFailure(problems, .invalid)
    }
  }

  /// Tests stay where they are when the file of their flow is renamed or removed.
  private static func placed(_ problem: Diagnostic, _ file: String, isNamed: Bool) -> Diagnostic {
    guard problem.code == .unknownFlow else { return problem }
    var problem = problem
    problem.location = SourceLocation(file: file)
    if !isNamed { problem.hint = "rename or remove the file as you did its flow" }
    return problem
  }

  private func run(_ file: TestFile, _ flow: Flow, _ shown: String, _ filter: String?)
    throws(Failure) -> TestReport.File
  {
    let bench = bench
    let wanted = file.cases.filter { testCase in
      filter.map { testCase.name.lowercased().contains($0.lowercased()) } ?? true
    }
    var results: [CaseResult] = []
    for testCase in wanted {
      let start = ContinuousClock.now
      do throws(Diagnostic) {
        var result = try bench.run(testCase, of: file.flow, source: file.source)
        result.took = ContinuousClock.now - start
        results.append(result)
      } catch {
        throw Failure(diagnostics: [error])
      }
    }
    let states = results.compactMap(\.state)
    let coverage = states.first.map { Coverage(of: $0.plan, in: states) }
    return TestReport.File(path: shown, flow: flow.name, results: results, coverage: coverage)
  }

  /// What the cases run on.
  var bench: TestBench {
    let connectors = workspace.connectors
    return TestBench(
      digests: .openSSL,
      declarations: declarations,
      connector: { connectors.connector($0) },
      prepare: { [self] name, testCase throws(Diagnostic) in try prepare(name, testCase) }
    )
  }

  private func prepare(_ name: String, _ testCase: TestCase) throws(Diagnostic) -> PreparedFlow {
    let flow: Flow
    do throws(Failure) { flow = try self.flow(named: name) } catch {
      throw error.diagnostics.first ?? Diagnostic(.unknownFlow, "there is no flow '\(name)'")
    }
    do throws(CommandFailure) {
      let parameters = try FlowParameters.values(for: flow, workspace, given: testCase.parameters) {
        testCase.settings[$0]
      }
      return try FlowJudgement.prepared(flow, parameters, isMocked: true)
    } catch {
      throw error.diagnostics.first ?? Diagnostic(.unknownFlow, "the flow '\(name)' cannot be run")
    }
  }

  // MARK: Flows

  /// A flow without errors, read once.
  private func flow(named name: String) throws(Failure) -> Flow {
    let key = name.lowercased()
    if let known = flows.withLock({ $0[key] }) { return try known.get() }
    let result: Result<Flow, Failure>
    do throws(CommandFailure) {
      let (found, diagnostics) = try workspace.flows.read(workspace.flows.entry(named: name))
      result = found.map { judged($0, diagnostics) } ?? .failure(Failure(diagnostics: diagnostics))
    } catch {
      result = .failure(Failure(diagnostics: error.diagnostics))
    }
    flows.withLock { $0[key] = result }
    return try result.get()
  }

  private func judged(_ flow: Flow, _ diagnostics: [Diagnostic]) -> Result<Flow, Failure> {
    let problems =
      diagnostics + workspace.problems(of: flow, references: workspace.references(declarations))
    // A mock may stand in for a connector that is not installed, and for what cannot run here.
    let mockable: Set<DiagnosticCode> = [.unknownConnector, .unsupportedAction]
    let errors = problems.filter { $0.severity == .error && !mockable.contains($0.code) }
    return errors.isEmpty ? .success(flow) : .failure(Failure(diagnostics: errors))
  }

  /// The flow of an exported run, where the project does not have it.
  private func keep(_ definition: JSON, as name: String) {
    guard (try? workspace.flows.entry(named: name)) == nil,
      let flow = FlowReader.read(name: name, file: name, bytes: definition.bytes).flow
    else { return }
    flows.withLock { $0[name.lowercased()] = .success(flow) }
  }

  private func connectors(of file: TestFile) -> [Connector] {
    let own = file.cases.flatMap {
      $0.connections.values.compactMap { $0["connector"]?.stringValue }
    }
    let names = Set(declarations.map(\.connector) + own)
    return names.sorted().compactMap { workspace.connectors.connector($0) }
  }

  private static func recording(_ path: String, in folder: String) throws(Diagnostic) -> JSON {
    let absolute = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    do throws(CommandFailure) {
      return try InputFile.json(TextFile.read(absolute, shownAs: path), file: path)
    } catch {
      throw error.diagnostics.first ?? Diagnostic(.unreadableFile, "'\(path)' cannot be read")
    }
  }
}
