import CommandLineArguments
import Diagnostics
import OrderedJSON

extension Command {
  static let initialize = Command(
    spec: CommandSpec(
      "init",
      summary: "Make a project with a sample flow and its tests",
      positionals: [
        PositionalSpec("DIR", "Where to (default: here)", isRequired: false)
      ],
      discussion: "Works offline, and never overwrites a file."
    )
  ) { context in
    let project = Project(context)
    let word = context.arguments[0]
    let root = word.map { project.absolute($0) } ?? project.root
    var files = NewFiles(project)
    for file in ProjectTemplate.files { files.add("\(root)/\(file.path)", file.bytes) }
    try files.write()
    guard !context.wantsJSON else {
      context.print(["files": .array(files.shown.map { .string($0) })] as JSON)
      return .success
    }
    context.print("made " + files.shown.joined(separator: "\n     "))
    context.print("\nnext:")
    if let word, root != context.workingDirectory { context.print("  cd \(quoted(word))") }
    context.print("  weir flow validate                # checks the flows")
    context.print("  weir flow test                    # runs their tests, without any network")
    context.print("  weir run start hello --sandbox    # a real run against a stand-in for Azure")
    return .success
  }

  /// A word as a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0))
    }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
