import CommandLineArguments

/// One command: what it takes and what it does.
struct Command: Sendable {
  let spec: CommandSpec
  let run: @Sendable (Context) async throws -> ExitCode
}
