import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Triggers: firing them by hand, pausing them, their history.
enum TriggerRoutes {
  private static let base = "/api/workflows/{workflow}/triggers"
  private static let one = "\(base)/{trigger}"

  static let routes: [Route] = [
    Route(
      "GET",
      base,
      "WorkflowTriggers_List",
      "Lists the triggers of a workflow.",
      .role(.reader),
      answers: [.ok("TriggerList")],
      handler: list
    ),
    Route(
      "GET",
      one,
      "WorkflowTriggers_Get",
      "Gets a trigger: its state, and when it fires next.",
      .role(.reader),
      answers: [.ok("Trigger")],
      handler: get
    ),
    Route(
      "POST",
      "\(one)/run",
      "WorkflowTriggers_Run",
      "Fires a trigger of any type by hand; with 'view=weir' every answer is a receipt.",
      .role(.operator),
      queries: [.view],
      body: "TriggerInput",
      answers: [
        .accepted("Run", "The run that was started"),
        .ok("TriggerReceipt", "Nothing was started now: the run waits, or a condition is not met"),
      ],
      handler: run
    ),
    Route(
      "POST",
      "\(one)/backfill",
      "WorkflowTriggers_Backfill",
      "Makes one fire of a timer that it did not make when it was due.",
      .role(.operator),
      body: "BackfillOrder",
      answers: [.ok("TriggerReceipt", "What came of it")],
      handler: backfill
    ),
    Route(
      "POST",
      "\(one)/pause",
      "WorkflowTriggers_Pause",
      "Keeps a trigger from starting runs.",
      .role(.operator),
      answers: [.ok("Trigger")]
    ) { call throws(Problem) in try await Self.pause(true, call) },
    Route(
      "POST",
      "\(one)/resume",
      "WorkflowTriggers_Resume",
      "Lets a paused trigger start runs again.",
      .role(.operator),
      answers: [.ok("Trigger")]
    ) { call throws(Problem) in try await Self.pause(false, call) },
    Route(
      "POST",
      "\(one)/listCallbackUrl",
      "WorkflowTriggers_ListCallbackUrl",
      "Gets the signed address at which a trigger can be called.",
      .role(.operator),
      answers: [.ok("CallbackUrl")]
    ) { call throws(Problem) in
      let (flow, trigger) = try call.trigger()
      return try await Self.address(of: trigger, flow, call)
    },
    Route(
      "GET",
      "\(one)/histories",
      "WorkflowTriggerHistories_List",
      "Lists what came of the events of a trigger, newest first.",
      .role(.reader),
      queries: [.top, .skipToken],
      answers: [.ok("TriggerHistoryList")],
      handler: histories
    ),
    Route(
      "GET",
      "\(one)/histories/{history}",
      "WorkflowTriggerHistories_Get",
      "Gets what came of one event of a trigger.",
      .role(.reader),
      answers: [.ok("TriggerHistory")]
    ) { call throws(Problem) in .json(TriggerDocument.history(try await Self.history(call))) },
    Route(
      "POST",
      "\(one)/histories/{history}/resubmit",
      "WorkflowTriggerHistories_Resubmit",
      "Replays the run that an event of a trigger started.",
      .role(.operator),
      answers: [.accepted("Run", "The new run")],
      handler: resubmit
    ),
  ]

  // MARK: Reading

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let flow = try call.flow()
    var documents: [JSON] = []
    for trigger in flow.triggers { documents.append(try await document(trigger, flow, call)) }
    return Call.list(documents)
  }

  @Sendable private static func get(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (flow, trigger) = try call.trigger()
    return .json(try await document(trigger, flow, call))
  }

  private static func document(_ trigger: FlowTrigger, _ flow: ServedFlow, _ call: Call)
    async throws(Problem) -> JSON
  {
    let stored = try await call.asking { store throws(StoreFailure) in
      try await store.trigger(trigger.name, of: flow.name)
    }
    return TriggerDocument.json(trigger, of: flow, stored)
  }

  // MARK: Firing

  @Sendable private static func run(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (flow, trigger) = try call.trigger()
    let input = try TriggerInput(try call.object(of: TriggerInput.members, isRequired: false))
    let now = call.now
    var occurrence = TriggerOccurrence(
      flow: flow,
      trigger: trigger,
      identity: "manual-\(call.parts.environment.entropy.uuid())",
      intended: now,
      outputs: input.outputs,
      clientTrackingID: input.clientTrackingID
    )
    occurrence.user = call.caller.name
    try await call.audit("trigger.run", "workflow/\(flow.name)/trigger/\(trigger.name)")
    let receipt = try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.intake.take(occurrence)
    }
    guard !call.wantsWeirView else {
      return .json(ReceiptDocument.json(receipt, history: occurrence.identity))
    }
    return try await answer(receipt, occurrence, call)
  }

  private static func answer(
    _ receipt: TriggerReceipt,
    _ occurrence: TriggerOccurrence,
    _ call: Call
  ) async throws(Problem) -> ServiceResponse {
    switch receipt {
    case .started(let drivers):
      guard let driver = drivers.first else { return told("Skipped", occurrence) }
      let record = try await call.running { () async throws(RuntimeFailure) in
        try await call.parts.worker.record(driver.run)
      }
      return RunRoutes.started(record, call)
    case .waiting: return told("Waiting", occurrence)
    case .skipped, .duplicate: return told("Skipped", occurrence)
    case .failed(let code, let message): throw Problem(422, code, message)
    case .full:
      throw .tooManyRequests("As many runs wait for this workflow as may.", wait: 5)
    }
  }

  private static func told(_ status: String, _ occurrence: TriggerOccurrence) -> ServiceResponse {
    .json(["status": .string(status), "history": .string(occurrence.identity)])
  }

  // MARK: Changing

  private static func pause(_ isPaused: Bool, _ call: Call) async throws(Problem)
    -> ServiceResponse
  {
    let (flow, trigger) = try call.trigger()
    let action = isPaused ? "trigger.pause" : "trigger.resume"
    try await call.audit(action, "workflow/\(flow.name)/trigger/\(trigger.name)")
    try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.triggers.setPaused(isPaused, trigger: trigger.name, of: flow.name)
    }
    return .json(try await document(trigger, flow, call))
  }

  /// Who has the address can start runs, so handing it out is the use of a secret.
  static func address(of trigger: FlowTrigger, _ flow: ServedFlow, _ call: Call)
    async throws(Problem) -> ServiceResponse
  {
    guard let addresses = call.parts.addresses else { throw notCallable(flow.name, trigger.name) }
    try await call.audit("secret.use", "workflow/\(flow.name)/callback", detail: trigger.name)
    let base = call.base
    let document = try await call.running { () async throws(RuntimeFailure) in
      try await addresses.address(of: trigger, flow: flow.name, base: base)
    }
    guard let document else { throw notCallable(flow.name, trigger.name) }
    return .json(document)
  }

  static func notCallable(_ flow: String, _ trigger: String?) -> Problem {
    let place =
      trigger.map { "The trigger '\($0)' of the workflow '\(flow)'" }
      ?? "The workflow '\(flow)'"
    return .badRequest("TriggerNotCallable", "\(place) cannot be called at an address.")
  }

  // MARK: History

  @Sendable private static func histories(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (flow, trigger) = try call.trigger()
    let size = try call.integer("$top", in: 1...250) ?? 30
    var query = FireQuery(flow: flow.name, trigger: trigger.name, limit: size + 1)
    if let token = call.query["$skiptoken"], !token.isEmpty {
      query.after = try SkipToken.fire(token)
    }
    let found = try await call.asking { [query] store throws(StoreFailure) in
      try await store.fires(matching: query)
    }
    let fires = found.prefix(size)
    guard found.count > size, let last = fires.last else {
      return Call.list(fires.map(TriggerDocument.history))
    }
    let rest = call.query.setting("$skiptoken", SkipToken.text(after: last))
    return Call.list(
      fires.map(TriggerDocument.history),
      next: "\(call.base)\(call.request.path)?\(rest)"
    )
  }

  private static func history(_ call: Call) async throws(Problem) -> TriggerFire {
    let (flow, trigger) = try call.trigger()
    let query = FireQuery(
      flow: flow.name,
      trigger: trigger.name,
      identity: call["history"],
      limit: 1
    )
    let found = try await call.asking { store throws(StoreFailure) in
      try await store.fires(matching: query)
    }
    guard let fire = found.first else {
      throw .notFound(
        "WorkflowTriggerHistoryNotFound",
        "The workflow '\(flow.name)' trigger '\(trigger.name)' history '\(call["history"])' could "
          + "not be found."
      )
    }
    return fire
  }

  @Sendable private static func resubmit(_ call: Call) async throws(Problem) -> ServiceResponse {
    let fire = try await history(call)
    guard let run = fire.run else {
      throw .conflict(
        "WorkflowTriggerHistoryNotFired",
        "The event '\(fire.identity)' started no run: there is nothing to replay."
      )
    }
    let record = try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.worker.record(run)
    }
    return try await RunRoutes.resubmit(record, ResubmissionOrder(), call)
  }
}
