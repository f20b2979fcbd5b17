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
    A command, option or word is unknown, missing or superfluous. 'weir --help' lists the commands \
    and 'weir COMMAND --help' explains one.
    """
  )

  package static let unknownRun = DiagnosticCode(
    "A0002",
    "There is no such run",
    """
    The data folder has no run of this name. 'weir run list' shows the runs; --data or --project \
    choose another data folder.
    """
  )

  package static let runOwnedElsewhere = DiagnosticCode(
    "A0003",
    "Another process drives the run",
    """
    A run is driven by one process at a time, so that no step is sent twice. The process that \
    started it still lives. When it ends, or dies, 'weir run wait RUN' takes the run over.
    """
  )

  package static let unreadableRun = DiagnosticCode(
    "A0004",
    "A stored run cannot be read",
    """
    The journal or the plan of the run is not readable by this version of weir. Nothing was changed. \
    Use the version that wrote it.
    """
  )

  package static let vault = DiagnosticCode(
    "A0005",
    "Secrets cannot be sealed or opened",
    """
    Secrets are sealed with AES-256-GCM under a key that comes from WEIR_MASTER_KEY or from the file \
    key in the data folder, which must be readable by its owner alone. Another key cannot open them.
    """
  )

  package static let store = DiagnosticCode(
    "A0006",
    "The data folder cannot be used",
    """
    The message says what happened: the disk is full, the folder is not writable, the file is \
    damaged, or it was written by a newer version. What was acknowledged before is not lost.
    """
  )

  package static let unknownFlow = DiagnosticCode(
    "A0007",
    "There is no such flow",
    """
    A flow is named by its file (flows/onboard-user.json) or by its name (onboard-user), which is the \
    file name without .json, or the folder that holds workflow.json.
    """
  )

  package static let invalidSetting = DiagnosticCode(
    "A0008",
    "A settings file cannot be used",
    """
    The file .env holds NAME=value lines; local.settings.json holds {"Values": {…}}; \
    flows/parameters.json holds {"name": {"type": "String", "value": …}}.
    """
  )

  package static let missingSetting = DiagnosticCode(
    "A0009",
    "An app setting is missing",
    """
    The value is read from the environment, from .env or from local.settings.json, in this order. \
    Set it in one of them. With --sandbox the settings of the sample connections are set for you.
    """
  )

  package static let unsupportedFlow = DiagnosticCode(
    "A0011",
    "The flow holds actions that cannot run here",
    """
    The flow loads, but some of its actions need a runtime that Weir does not have. Start it with \
    --allow-unsupported if the run does not reach them.
    """
  )

  package static let missingTimer = DiagnosticCode(
    "A0012",
    "The flow has no timer",
    """
    Only triggers with a "recurrence" fire by themselves: Recurrence, SlidingWindow and the polling \
    triggers. 'weir trigger list' shows the triggers of all flows.
    """
  )

  package static let serverUnreachable = DiagnosticCode(
    "A0013",
    "The server does not answer",
    """
    A server works on the data folder, so commands that change runs and triggers ask it through the \
    socket server.sock in that folder. It did not answer in time, or it is about to stop. Look at its \
    log, or stop it: without a server the commands work on the data folder themselves.
    """
  )

  package static let refusedByServer = DiagnosticCode(
    "A0014",
    "The server refuses",
    """
    The command was given to the server that works on the data folder, and the server will not do it. \
    The message says why.
    """
  )

  package static let unknownToken = DiagnosticCode(
    "A0015",
    "There is no such token",
    """
    The data folder knows no token of this name. 'weir admin token list' shows the tokens with their \
    roles; what clients show is kept nowhere.
    """
  )

  package static let unusableTraceSettings = DiagnosticCode(
    "A0020",
    "Traces cannot be sent as the environment says",
    """
    OTEL_EXPORTER_OTLP_ENDPOINT names a collector that takes traces as JSON over HTTP, such as \
    http://localhost:4318; the path v1/traces is added. Without the variable, or with \
    OTEL_SDK_DISABLED=true, no traces are sent.
    """
  )
}
