import CommandLineArguments
import Foundation

extension Command {
  static let serverStart = Command(
    spec: CommandSpec(
      "server",
      "start",
      summary: "Serve the flows of the project: timers, callbacks, REST API",
      options: ServerOptions.specs,
      discussion: """
        Starts runs when triggers fire and goes on with runs that wait or that a dead process left. \
        Other commands on the same data folder talk to the server through a socket in that folder. \
        SIGTERM or Ctrl-C ends it: it takes no more work, requests in flight may finish, and the \
        rest goes on at the next start. A second signal ends it at once; nothing is lost by that.
        """
    )
  ) { context in
    let options = try ServerOptions(context)
    let signals = StopSignals { if $0 > 1 { _exit(ExitCode.interrupted.rawValue) } }
    let server = try await Server.start(context, options)
    if context.wantsJSON {
      context.console.writeResult(#"{"url":"\#(server.url)"}"# + "\n")
    } else {
      context.print("weir serves \(server.url)")
    }
    ProgramPages.release()
    await signals.first()
    await server.stop()
    return .success
  }
}
