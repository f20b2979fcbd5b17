/// Members that actions and triggers share, and those of containers.
///
/// Source: workflow language reference, sections d.3, (e) and (f).
extension FlowLanguage {
  static let common: [MemberShape] = [
    MemberShape("type", .any, "What kind of action it is.", isRequired: true),
    MemberShape("kind", .text, "A variant of the type."),
    MemberShape(
      "runAfter",
      .predecessors,
      "Which actions beside this one must have ended before, and with which result."
    ),
    MemberShape("limit", .object(limit), "How long it may take."),
    MemberShape("trackedProperties", .map(.any), "Values that are recorded with the action."),
    MemberShape("runtimeConfiguration", .object(runtimeConfiguration), "How it runs."),
    MemberShape("operationOptions", .options(actionOptions), "Options, with commas between them."),
    MemberShape("description", .text, "What the action is for."),
    MemberShape("metadata", .any, "Notes of tools."),
    MemberShape("correlation", .any, "The tracking id of the action."),
  ]

  private static let limit: [MemberShape] = [
    MemberShape("timeout", .duration, "The longest time with all attempts, such as PT1H."),
    MemberShape("count", .integer, "The most iterations of an Until, 1 to 5000."),
  ]

  private static let secureData = MemberShape(
    "secureData",
    .object([
      MemberShape("properties", .list(.choice(["inputs", "outputs"])), "What is masked.")
    ]),
    "What is masked wherever runs are shown."
  )

  private static let runtimeConfiguration: [MemberShape] = [
    secureData,
    MemberShape(
      "concurrency",
      .object([MemberShape("repetitions", .integer, "How many iterations at a time, 1 to 50.")]),
      "How many iterations of a Foreach run at a time."
    ),
    MemberShape(
      "contentTransfer",
      .object([MemberShape("transferMode", .choice(["Chunked"]), "In pieces.")]),
      "Whether an Http action sends and reads large content in pieces."
    ),
    MemberShape(
      "paginationPolicy",
      .object([MemberShape("minimumItemCount", .integer, "How many items to read.")]),
      "Follows links to further pages until there are enough items."
    ),
    MemberShape(
      "staticResult",
      .object([
        MemberShape("name", .text, "A member of staticResults."),
        MemberShape("staticResultOptions", .choice(["Enabled", "Disabled"]), "Whether it counts."),
      ]),
      "A result that stands in for running the action."
    ),
  ]

  static let containers: [String: [MemberShape]] = [
    "Scope": [actions],
    "If": [
      MemberShape("expression", .condition, "The condition.", isRequired: true), actions,
      MemberShape("else", .object([actions]), "What is done when the condition is false."),
    ],
    "Switch": [
      MemberShape("expression", .any, "The value that chooses a case.", isRequired: true),
      MemberShape(
        "cases",
        .map(
          .object([MemberShape("case", .any, "A text or an integer.", isRequired: true), actions])
        ),
        "What is done for which value."
      ),
      MemberShape("default", .object([actions]), "What is done when no case has the value."),
    ],
    "Foreach": [
      MemberShape("foreach", .any, "The array to go through.", isRequired: true), actions,
    ],
    "Until": [
      MemberShape("expression", .condition, "Ends the loop once it is true.", isRequired: true),
      actions,
    ],
  ]

  private static let actions = MemberShape("actions", .actions, "The actions inside.")

  // MARK: Triggers

  static let triggerCommon: [MemberShape] = [
    MemberShape("type", .any, "What kind of trigger it is.", isRequired: true),
    MemberShape("kind", .text, "A variant of the type."),
    MemberShape("recurrence", .object(recurrence), "How often it fires or asks."),
    MemberShape(
      "conditions",
      .list(.object([MemberShape("expression", .any, "Must be true.")])),
      "All must be true, otherwise no run starts."
    ),
    MemberShape("splitOn", .text, "The array of which each element starts a run of its own."),
    MemberShape("splitOnConfiguration", .any, "The tracking ids of the runs of one event."),
    MemberShape(
      "correlation",
      .object([MemberShape("clientTrackingId", .text, "An id that runs are found by.")]),
      "The tracking id of its runs."
    ),
    MemberShape(
      "runtimeConfiguration",
      .object([
        secureData,
        MemberShape(
          "concurrency",
          .object([
            MemberShape("runs", .integer, "How many runs at a time, 1 to 100."),
            MemberShape("maximumWaitingRuns", .integer, "How many more may wait."),
          ]),
          "How many runs go on at a time."
        ),
        MemberShape("staticResult", .any, "A result that stands in for the trigger's."),
        MemberShape("paginationPolicy", .any, "Follows links to further pages."),
      ]),
      "How it runs."
    ),
    MemberShape("operationOptions", .options(triggerOptions), "Options, with commas between them."),
    MemberShape("description", .text, "What the trigger is for."),
    MemberShape("metadata", .any, "Notes of tools; missedFires says what becomes of missed times."),
    MemberShape("evaluatedRecurrence", .any, "A copy that exports hold."),
  ]

  static let recurrence: [MemberShape] = [
    MemberShape(
      "frequency",
      .choice(["Second", "Minute", "Hour", "Day", "Week", "Month"]),
      "The unit of the interval.",
      isRequired: true
    ),
    MemberShape("interval", .integer, "How many units lie between two times."),
    MemberShape("startTime", .text, "When the series begins, such as 2026-01-01T02:00:00."),
    MemberShape("endTime", .text, "When the series ends."),
    MemberShape("count", .integer, "How often it fires in all."),
    MemberShape("timeZone", .text, "A Windows name such as 'W. Europe Standard Time'."),
    MemberShape("schedule", .object(schedule), "Times of day and days within each interval."),
  ]

  private static let schedule: [MemberShape] = [
    MemberShape("minutes", .any, "0 to 59."),
    MemberShape("hours", .any, "0 to 23."),
    MemberShape("weekDays", .any, "Names such as Monday, with the frequency Week."),
    MemberShape("monthDays", .any, "1 to 31, or -1 for the last day, with the frequency Month."),
    MemberShape(
      "monthlyOccurrences",
      .any,
      "Such as {\"dayOfWeek\": \"Friday\", \"occurrence\": 1}, with the frequency Month."
    ),
  ]
}
