import CommandLineArguments
import Definitions
import Diagnostics
import Engine
import FlowPictures
import Foundation
import OrderedJSON
import Seams

extension Command {
  static let flowGraph = Command(
    spec: CommandSpec(
      "flow",
      "graph",
      summary: "Draw the structure of a flow, or the way that a run took through it",
      positionals: [PositionalSpec("FLOW", "A flow file or name")],
      options: [
        OptionSpec("format", "mermaid|svg", "The form of the picture (default: mermaid)"),
        OptionSpec("run", "RUN", "Show the statuses and durations of this run"),
        OptionSpec("file", "FILE", "Where to (default: standard output)"),
      ],
      discussion: """
        Mermaid is text that code hosts and many editors draw; SVG is a picture that stands alone. A \
        run is shown in the flow as it was when the run began.
        """
    )
  ) { context in
    let format =
      try context.arguments.choice("format", of: ["mermaid", "svg"])
      ?? (context.arguments.value("file")?.hasSuffix(".svg") == true ? "svg" : "mermaid")
    let picture = try await picture(context)
    let text = format == "svg" ? SVGPicture.text(picture) : MermaidPicture.text(picture)
    if let path = context.arguments.value("file") {
      try OutputFile.write(text, to: path, Project(context))
    } else if context.wantsJSON {
      context.print(["format": .string(format), "picture": .string(text)] as JSON)
    } else {
      context.console.writeResult(text)
    }
    return .success
  }

  private static func picture(_ context: Context) async throws(CommandFailure) -> Picture {
    let word = context.arguments[0] ?? ""
    guard let run = context.arguments.value("run") else {
      let workspace = try Workspace(context)
      let (found, problems) = try workspace.flows.read(workspace.flows.entry(named: word))
      guard let flow = found else { throw CommandFailure(problems, .invalid) }
      return Picture(flow)
    }
    let session = try await Session.open(context)
    let result: Result<Picture, CommandFailure>
    do throws(CommandFailure) {
      result = .success(try await picture(of: run, word, session))
    } catch {
      result = .failure(error)
    }
    await session.close()
    return try result.get()
  }

  private static func picture(of run: String, _ word: String, _ session: Session)
    async throws(CommandFailure) -> Picture
  {
    let record = try await session.run(named: run)
    let name = URL(filePath: word).deletingPathExtension().lastPathComponent
    guard [word, name].contains(where: { $0.lowercased() == record.flow.lowercased() }) else {
      throw CommandFailure(
        .usage,
        "the run '\(record.id)' is one of '\(record.flow)', not of '\(word)'",
        hint: "weir flow graph \(record.flow) --run \(record.id)",
        exitCode: .usage
      )
    }
    let state = try await session.state(of: record)
    return Picture(try await session.flow(of: record), states: RunStates.states(of: state))
  }
}
