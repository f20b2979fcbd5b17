import CommandLineArguments
import Foundation
import LanguageServer
import OrderedJSON

extension Command {
  static let lsp = Command(
    spec: CommandSpec(
      "lsp",
      summary: "Serve an editor over standard input and output (Language Server Protocol)",
      discussion: """
        Editors start this themselves; flows/README.md has the settings. It shows problems while \
        typing, completes and explains types, operations, parameters, names and functions, follows \
        and renames actions, and formats. Hovering an action shows its outputs in the last run.
        """
    ),
    outputs: ["text"]
  ) { context in
    let editor = try EditorProject(context)
    var server = LanguageServer(project: editor.view, version: Version.current)
    var frames = MessageFrames()
    while server.exitCode == nil, let bytes = nextBytes() {
      for frame in frames.take(bytes) where server.exitCode == nil {
        for answer in await answers(to: frame, &server, editor) {
          let text = answer.text
          context.console.writeResult("Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
        }
      }
    }
    // A client that is gone without a word leaves nothing to do either.
    return server.exitCode == 0 ? .success : .failure
  }

  private static func answers(
    to frame: MessageFrames.Frame,
    _ server: inout LanguageServer,
    _ editor: EditorProject
  ) async -> [JSON] {
    switch frame {
    case .nonsense(let what): return [LanguageServer.complaint(what)]
    case .message(let bytes):
      guard let message = try? JSON(parsing: bytes) else { return server.handle(bytes) }
      await editor.prepare(for: message)
      return server.handle(message)
    }
  }

  /// What the client wrote next; `nil` at its end.
  private static func nextBytes() -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(0, &buffer, buffer.count)
      if count > 0 { return buffer[..<count] }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }
}
