package import Diagnostics
package import Engine
package import OrderedJSON

/// What came of one case.
package struct CaseResult: Sendable {
  package var name: String
  /// Empty when everything was as expected.
  package var problems: [TestProblem]
  package var state: RunState?
  /// How much time passed for the run.
  package var simulated: Duration
  /// How long the case really took.
  package var took: Duration = .zero
  /// Where mocks stand that answered nothing.
  package var unusedMocks: [SourceLocation]
  /// App settings that the run asked for and the test does not set.
  package var missingSettings: [String]

  package var hasPassed: Bool { problems.isEmpty }
}

/// One thing that is not as a test expects.
package struct TestProblem: Sendable {
  package var code: DiagnosticCode
  /// What is compared, such as `Create_user.inputs.parameters`.
  package var subject: String
  /// What happened, when two values do not tell.
  package var message: String?
  /// `nil` when nothing is expected there, or nothing is compared.
  package var expected: JSON?
  package var actual: JSON?
  package var isComparison: Bool
  package var location: SourceLocation?
  package var pointer: String?
  /// Lines that can be pasted into the test.
  package var snippet: String?
}
