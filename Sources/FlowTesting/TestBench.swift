package import Definitions
package import Diagnostics
package import HTTPMessages
import OrderedJSON
package import Runtime

/// What tests need of a project; nothing of it reaches the network or the disk.
package struct TestBench: Sendable {
  package var digests: Digests
  /// The connections that the project declares.
  package var declarations: [ConnectionDeclaration]
  package var connector: @Sendable (String) -> Connector?
  /// A flow with the parameters that a test gives it, by its name.
  package var prepare: @Sendable (String, TestCase) throws(Diagnostic) -> PreparedFlow

  package init(
    digests: Digests,
    declarations: [ConnectionDeclaration],
    connector: @escaping @Sendable (String) -> Connector?,
    prepare: @escaping @Sendable (String, TestCase) throws(Diagnostic) -> PreparedFlow
  ) {
    self.digests = digests
    self.declarations = declarations
    self.connector = connector
    self.prepare = prepare
  }

  /// Runs one case on the production engine in simulated time, and compares.
  ///
  /// - Throws: What keeps the flow from being started.
  package func run(_ testCase: TestCase, of flow: String, source: FlowSource)
    throws(Diagnostic) -> CaseResult
  {
    let prepared = try prepare(flow, testCase)
    let world = TestWorld(testCase, self)
    let outcome = world.run(prepared)
    let verdict = Verdict(testCase: testCase, outcome: outcome, bench: self, source: source)
    return CaseResult(
      name: testCase.name,
      problems: verdict.problems(),
      state: outcome.state,
      simulated: outcome.simulated,
      unusedMocks: outcome.unusedMocks.map { source.location(of: $0.pointer) },
      missingSettings: outcome.missingSettings
    )
  }
}
