extension DiagnosticCode {
  package static let tests: [DiagnosticCode] = [
    unknownTestMember, unfittingTestValue, unknownTestName, missingMock, unmetExpectation, noTests,
    endlessTest,
  ]

  package static let unknownTestMember = DiagnosticCode(
    "T0001",
    "Tests have no such member",
    """
    A member of a test file is misspelt or stands in the wrong place, so it would have no effect. \
    'weir flow test --schema' writes the JSON Schema of test files, with which an editor completes \
    and explains every member.
    """
  )

  package static let unfittingTestValue = DiagnosticCode(
    "T0002",
    "A value of the test file is of the wrong kind",
    """
    A member of a test file has a value that it cannot have, such as a text in the place of a list, \
    a duration that is not ISO 8601 ("PT5S"), or a mock without an answer. 'weir flow test --schema' \
    writes the JSON Schema of test files.
    """
  )

  package static let unknownTestName = DiagnosticCode(
    "T0003",
    "A test names something that the flow does not have",
    """
    A mock or an expectation names an action, a trigger, an operation or a connector that is not \
    there. Names are those of the flow, in any case; 'weir flow show FLOW' lists its actions and \
    'weir connector show NAME' the operations of a connector.
    """
  )

  package static let missingMock = DiagnosticCode(
    "T0004",
    "No mock answers a call",
    """
    Flow tests never reach the network, so each request that a run sends needs a mock that answers \
    it. The message shows one that fits the call, with the members that the operation declares for \
    its answer: paste it into "mocks" and fill in values. A mock with "responses" answers that many \
    calls; one with "response" answers all of them.
    """
  )

  package static let unmetExpectation = DiagnosticCode(
    "T0005",
    "A run did something else than its test expects",
    """
    The run ended, and something about it differs from what stands under "expect". Each difference \
    is shown with its place in the test, the expected and the actual value. Objects need only have \
    the members that are expected; {"$exactly": …} asks for no others.
    """
  )

  package static let noTests = DiagnosticCode(
    "T0006",
    "There are no tests",
    """
    Tests of the flow flows/NAME.json stand beside it in flows/NAME.test.json, those of a folder in \
    NAME/workflow.test.json. 'weir init' makes a sample, and 'weir run export RUN --as-test' makes a \
    test of a run.
    """
  )

  package static let endlessTest = DiagnosticCode(
    "T0007",
    "The run of a test does not end",
    """
    The run waits for something that never comes, usually to be called back by a service. Give the \
    mock of the webhook action a "callback", or the action a 'limit.timeout'.
    """
  )
}
