import OrderedJSON
import Testing

/// What people and scripts see of the built program.
@Suite struct ToolTests {
  @Test(arguments: try ToolCase.load("flows.json"))
  func `flow commands do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("runs.json"))
  func `run commands do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("connectors.json"))
  func `connector commands do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("connections.json"))
  func `connection commands do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("usage.json"))
  func `words that do not fit are explained`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("authoring.json"))
  func `commands of authors do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  @Test(arguments: try ToolCase.load("other.json"))
  func `other commands do as the page says`(_ toolCase: ToolCase) async throws {
    try await check(toolCase)
  }

  private func check(_ toolCase: ToolCase) async throws {
    let place = try Workplace()
    for file in toolCase.files.members { try place.write(file.value, to: file.key) }
    let process = try WeirProcess(
      toolCase.arguments,
      in: place,
      environment: toolCase.environment,
      input: toolCase.input
    )
    let outcome = try await process.end()
    #expect(outcome.exitCode == toolCase.exitCode, "\(outcome.output)\(outcome.errors)")
    for piece in toolCase.output { #expect(outcome.output.contains(piece)) }
    for piece in toolCase.errors { #expect(outcome.errors.contains(piece)) }
    expectNoCrash(outcome)
    guard let pattern = toolCase.result else { return }
    let differences = JSONPattern.differences(try JSON(parsing: outcome.output), pattern)
    #expect(differences.isEmpty)
  }
}

/// Whatever goes wrong, the user never sees the language that the program is written in.
func expectNoCrash(_ outcome: WeirProcess.Outcome) {
  for word in ["Fatal error", "Crash", "Backtrace", "Swift/"] {
    #expect(!outcome.errors.contains(word))
  }
  #expect(outcome.exitCode < 128, "a signal ended it")
}
