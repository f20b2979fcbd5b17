import CommandLineArguments

/// All commands, in the order in which help lists them.
enum Commands {
  static let all: [Command] = [
    .flowValidate, .flowList, .flowShow,
    .runStart, .runList, .runShow, .runWait, .runCancel, .runDelete, .runResubmit, .runDiff,
    .runExport, .runImport,
    .triggerList, .triggerNext, .triggerFire, .triggerPause, .triggerResume, .triggerHistory,
    .triggerBackfill,
    .connectorList, .connectorShow, .connectorPreview, .connectorCall, .connectorValidate,
    .connectorDocs, .connectorValues,
    .connectionCreate, .connectionList, .connectionShow, .connectionTest, .connectionRotate,
    .connectionShare, .connectionLimits, .connectionDelete,
    .serverStart, .adminTokenCreate, .adminTokenList, .adminTokenDelete, .adminBackup,
    .adminRestore, .adminCheck, .adminPurge, .adminRekey,
    .sandboxStart, .eval, .doctor, .explain,
  ]

  static let table = CommandTable(
    program: "weir",
    summary: "runs automation flows over connectors",
    commands: all.map(\.spec),
    globals: [
      OptionSpec("project", "DIR", "The folder with definitions/ and flows/ (default: here)"),
      OptionSpec(
        "data",
        "DIR",
        "Where runs are stored (default: .weir in the project, or WEIR_DATA)"
      ),
      OptionSpec(
        "output",
        "text|json",
        "The form of the result (default: text); validation also sarif"
      ),
      OptionSpec("quiet", nil, "Print results and errors only"),
      OptionSpec("no-color", nil, "Use no terminal colours (also NO_COLOR)"),
      OptionSpec("help", nil, "Explain the command"),
      OptionSpec("version", nil, "Print the version"),
    ]
  )

  /// The command with these words.
  static func command(_ path: [String]) -> Command? { all.first { $0.spec.path == path } }

  static func run(_ path: [String], _ context: Context) async throws -> ExitCode {
    guard let command = command(path) else { return .usage }
    return try await command.run(context)
  }
}
