extension DiagnosticCode {
  package static let replays: [DiagnosticCode] = [
    runNotEnded, unknownReplayAction, sideEffectsNotConfirmed, noRunMatches, unreadableExport,
  ]

  package static let runNotEnded = DiagnosticCode(
    "R0001",
    "The run has not ended",
    """
    Only a run that ended can be replayed, because what it did is not settled before.
    """,
    remedy: """
      'weir run wait RUN' waits for its end, 'weir run cancel RUN' brings it about.
      """,
    example: .shown(
      #"""
      $ weir run resubmit RUN
      error: the run has not ended [R0001]
      """#
    )
  )

  package static let unknownReplayAction = DiagnosticCode(
    "R0002",
    "The flow has no such action",
    """
    A replay from an action names one of the flow's actions.
    """,
    remedy: """
      'weir run show RUN' lists those of a run; with --definition latest the names of the newest \
      version count.
      """,
    example: .shown(
      #"""
      $ weir run resubmit RUN --from-action Isue_token
      error: the flow has no action 'Isue_token' [R0002]
      """#
    )
  )

  package static let sideEffectsNotConfirmed = DiagnosticCode(
    "R0003",
    "A replay would repeat side effects",
    """
    Actions that may have changed something outside would be sent again, for example a POST that \
    was answered.
    """,
    remedy: """
      Look at them with --dry-run, replay with --from-failed to keep what succeeded, or say --yes \
      when a repetition is what you want.
      """,
    example: .shown(
      #"""
      $ weir run resubmit RUN </dev/null
      error: the replay would send Create_user (POST) again [R0003]
      """#
    )
  )

  package static let noRunMatches = DiagnosticCode(
    "R0004",
    "No run matches",
    """
    No run that ended has the flow, status, error code and time range that were asked for.
    """,
    remedy: """
      'weir run list' with the same options shows what there is.
      """,
    example: .shown(
      #"""
      $ weir run resubmit --flow onboard-user --status Failed --since 1m
      """#
    )
  )

  package static let unreadableExport = DiagnosticCode(
    "R0005",
    "The file is no exported run",
    """
    'weir run import' reads what 'weir run export' wrote: one JSON object with format \
    "weir.run/1". The file is something else, was cut off, or comes from a newer version.
    """,
    remedy: """
      Export the run again with 'weir run export RUN --file run.json'.
      """,
    example: .shown(
      #"""
      $ weir run import flows/onboard-user.json
      """#
    )
  )
}
