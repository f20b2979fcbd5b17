import CommandLineArguments

extension Command {
  /// Opens a session, does something with it, and closes it whatever comes of it.
  ///
  /// - Throws: `CommandFailure` when the session cannot be opened, or what `body` throws.
  static func onSession(
    _ context: Context,
    _ body: (Session) async throws(CommandFailure) -> ExitCode
  ) async throws(CommandFailure) -> ExitCode {
    let session = try await Session.open(context)
    let result: Result<ExitCode, CommandFailure>
    do throws(CommandFailure) { result = .success(try await body(session)) } catch {
      result = .failure(error)
    }
    await session.close()
    return try result.get()
  }
}
