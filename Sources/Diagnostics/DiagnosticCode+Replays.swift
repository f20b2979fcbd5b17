extension DiagnosticCode {
  package static let replays: [DiagnosticCode] = [
    runNotEnded, unknownReplayAction, sideEffectsNotConfirmed, noRunMatches, unreadableExport,
  ]

  package static let runNotEnded = DiagnosticCode(
    "R0001",
    "The run has not ended",
    """
    Only a run that ended can be replayed, because what it did is not settled before. 'weir run wait \
    RUN' waits for its end, 'weir run cancel RUN' brings it about.
    """
  )

  package static let unknownReplayAction = DiagnosticCode(
    "R0002",
    "The flow has no such action",
    """
    A replay from an action names one of the flow's actions. 'weir run show RUN' lists those of a \
    run; with --definition latest the names of the newest version count.
    """
  )

  package static let sideEffectsNotConfirmed = DiagnosticCode(
    "R0003",
    "A replay would repeat side effects",
    """
    Actions that may have changed something outside would be sent again, for example a POST that \
    was answered. Look at them with --dry-run, replay with --from-failed to keep what succeeded, or \
    say --yes when a repetition is what you want.
    """
  )

  package static let noRunMatches = DiagnosticCode(
    "R0004",
    "No run matches",
    """
    No run that ended has the flow, status, error code and time range that were asked for. 'weir run \
    list' with the same options shows what there is.
    """
  )

  package static let unreadableExport = DiagnosticCode(
    "R0005",
    "The file is no exported run",
    """
    'weir run import' reads what 'weir run export' wrote: one JSON object with format \
    "weir.run/1". The file is something else, was cut off, or comes from a newer version.
    """
  )
}
