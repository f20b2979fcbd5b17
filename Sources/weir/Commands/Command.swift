import CommandLineArguments

/// One command: what it takes and what it does.
struct Command: Sendable {
  let spec: CommandSpec
  /// The forms of its result that `--output` may ask for.
  var outputs = ["text", "json"]
  let run: @Sendable (Context) async throws -> ExitCode
}
