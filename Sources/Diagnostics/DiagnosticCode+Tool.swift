extension DiagnosticCode {
  package static let tool: [DiagnosticCode] = [
    usage, unknownRun, runOwnedElsewhere, unreadableRun, vault, store, unknownFlow,
    invalidSetting, missingSetting, unsupportedFlow,
    missingTimer, serverUnreachable, refusedByServer, unknownToken, unusableTraceSettings,
  ]

  package static let usage = DiagnosticCode(
    "A0001",
    "The command line is not understood",
    """
    A command, option or word is unknown, missing or superfluous.
    """,
    remedy: """
      'weir --help' lists the commands and 'weir COMMAND --help' explains one.
      """,
    example: .shown(
      #"""
      $ weir flow valdate
      error: there is no command 'flow valdate' [A0001]
        hint: did you mean 'flow validate'?
      """#
    )
  )

  package static let unknownRun = DiagnosticCode(
    "A0002",
    "There is no such run",
    """
    The data folder has no run of this name: the name is misspelt, the run is in another data folder, or \
    it was deleted.
    """,
    remedy: """
      'weir run list' shows the runs; --data or --project choose another data folder.
      """,
    example: .shown(
      #"""
      $ weir run show 1234
      error: there is no run '1234' [A0002]
      """#
    )
  )

  package static let runOwnedElsewhere = DiagnosticCode(
    "A0003",
    "Another process drives the run",
    """
    A run is driven by one process at a time, so that no step is sent twice. The process that \
    started it still lives.
    """,
    remedy: """
      When it ends, or dies, 'weir run wait RUN' takes the run over.
      """,
    example: .shown(
      #"""
      $ weir run wait RUN
      error: another process drives the run [A0003]
      """#
    )
  )

  package static let unreadableRun = DiagnosticCode(
    "A0004",
    "A stored run cannot be read",
    """
    The journal or the plan of the run is not readable by this version of weir. Nothing was \
    changed.
    """,
    remedy: """
      Use the version that wrote it.
      """,
    example: .shown(
      #"""
      error: the journal of the run holds an event of an unknown kind [A0004]
      """#
    )
  )

  package static let vault = DiagnosticCode(
    "A0005",
    "Secrets cannot be sealed or opened",
    """
    Secrets are sealed with AES-256-GCM under a key that comes from WEIR_MASTER_KEY or from the \
    file key in the data folder, which must be readable by its owner alone.
    """,
    remedy: """
      Another key cannot open them. Restore the key with your backup, or set WEIR_MASTER_KEY to what \
      it was.
      """,
    example: .shown(
      #"""
      error: .weir/key is not the key that sealed this [A0005]
      """#
    )
  )

  package static let store = DiagnosticCode(
    "A0006",
    "The data folder cannot be used",
    """
    The message says what happened: the disk is full, the folder is not writable, the file is \
    damaged, or it was written by a newer version. What was acknowledged before is not lost.
    """,
    remedy: """
      Free space, correct the owner of the folder, or restore a backup; 'weir admin check' looks for \
      damage.
      """,
    example: .shown(
      #"""
      error: the data folder '.weir' cannot be written: no space left [A0006]
      """#
    )
  )

  package static let unknownFlow = DiagnosticCode(
    "A0007",
    "There is no such flow",
    """
    A flow is named by its file (flows/onboard-user.json) or by its name (onboard-user), which is \
    the file name without .json, or the folder that holds workflow.json.
    """,
    remedy: """
      'weir flow list' shows the flows of the project; --project chooses another folder.
      """,
    example: .shown(
      #"""
      $ weir flow show onbord-user
      error: there is no flow 'onbord-user' in 'flows' [A0007]
        hint: did you mean 'onboard-user'?
      """#
    )
  )

  package static let invalidSetting = DiagnosticCode(
    "A0008",
    "A settings file cannot be used",
    """
    The file .env holds NAME=value lines; local.settings.json holds {"Values": {…}}; \
    flows/parameters.json holds {"name": {"type": "String", "value": …}}.
    """,
    remedy: """
      Correct the file that the message names.
      """,
    example: .shown(
      #"""
      {"Values": ["NAME=value"]}
      """#
    )
  )

  package static let missingSetting = DiagnosticCode(
    "A0009",
    "An app setting is missing",
    """
    The value is read from the environment, from .env or from local.settings.json, in this order.
    """,
    remedy: """
      Set it in one of them. With --sandbox the settings of the sample connections are set for you.
      """,
    example: .shown(
      #"""
      error: the app setting 'AZURE_COMMUNICATION_CONNECTION_STRING' is not set [A0009]
      """#
    )
  )

  package static let unsupportedFlow = DiagnosticCode(
    "A0011",
    "The flow holds actions that cannot run here",
    """
    The flow loads, but some of its actions need a runtime that Weir does not have.
    """,
    remedy: """
      Start it with --allow-unsupported if the run does not reach them.
      """,
    example: .shown(
      #"""
      error: action 'Script' of type 'JavaScriptCode' cannot run here [A0011]
      """#
    )
  )

  package static let missingTimer = DiagnosticCode(
    "A0012",
    "The flow has no timer",
    """
    Only triggers with a "recurrence" fire by themselves: Recurrence, SlidingWindow and the \
    polling triggers.
    """,
    remedy: """
      'weir trigger list' shows the triggers of all flows.
      """,
    example: .shown(
      #"""
      $ weir trigger next onboard-user
      error: the flow 'onboard-user' has no timer [A0012]
      """#
    )
  )

  package static let serverUnreachable = DiagnosticCode(
    "A0013",
    "The server does not answer",
    """
    A server works on the data folder, so commands that change runs and triggers ask it through \
    the socket server.sock in that folder. It did not answer in time, or it is about to stop.
    """,
    remedy: """
      Look at its log, or stop it: without a server the commands work on the data folder themselves.
      """,
    example: .shown(
      #"""
      error: the server of .weir does not answer [A0013]
      """#
    )
  )

  package static let refusedByServer = DiagnosticCode(
    "A0014",
    "The server refuses",
    """
    The command was given to the server that works on the data folder, and the server will not do \
    it. The message says why.
    """,
    remedy: """
      Do what the message asks for, and give the command again.
      """,
    example: .shown(
      #"""
      error: the server refuses: it is about to stop [A0014]
      """#
    )
  )

  package static let unknownToken = DiagnosticCode(
    "A0015",
    "There is no such token",
    """
    The data folder knows no token of this name.
    """,
    remedy: """
      'weir admin token list' shows the tokens with their roles; what clients show is kept nowhere.
      """,
    example: .shown(
      #"""
      $ weir admin token delete deploi
      error: there is no token 'deploi' [A0015]
      """#
    )
  )

  package static let unusableTraceSettings = DiagnosticCode(
    "A0020",
    "Traces cannot be sent as the environment says",
    """
    OTEL_EXPORTER_OTLP_ENDPOINT names a collector that takes traces as JSON over HTTP, such as \
    http://localhost:4318; the path v1/traces is added. Without the variable, or with \
    OTEL_SDK_DISABLED=true, no traces are sent.
    """,
    remedy: """
      Correct the variable, or leave it out to send no traces.
      """,
    example: .shown(
      #"""
      OTEL_EXPORTER_OTLP_ENDPOINT=localhost:4318
      """#
    )
  )
}
