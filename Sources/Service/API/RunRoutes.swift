import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// Runs of one flow and of all flows.
enum RunRoutes {
  static let routes: [Route] =
    of("/api/workflows/{workflow}/runs", "WorkflowRuns") + of("/api/runs", "Runs")

  private static let filter = Route.Query(
    name: "$filter",
    summary: "Conditions on 'status' and 'startTime', such as \"status eq 'Failed'\""
  )

  private static let view = Route.Query(
    name: "view",
    summary: "'weir' answers with the documents of the command line",
    schema: ["type": "string", "enum": ["weir"]]
  )

  private static let expand = Route.Query(
    name: "$expand",
    summary: "'properties/actions', 'workflow/properties' or both, separated by a comma"
  )

  private static let wait = Route.Query(
    name: "wait",
    summary: "Answers when the run has ended, or after so many seconds",
    schema: ["type": "integer", "minimum": 0, "maximum": 120]
  )

  private static func of(_ base: String, _ group: String) -> [Route] {
    [
      Route(
        "GET",
        base,
        "\(group)_List",
        "Lists runs, newest first.",
        .role(.reader),
        queries: [filter, .top, .skipToken, view],
        answers: [.ok("RunList")],
        handler: list
      ),
      Route(
        "GET",
        "\(base)/{run}",
        "\(group)_Get",
        "Gets a run; with 'wait' once it has ended.",
        .role(.reader),
        queries: [expand, wait, view],
        answers: [.ok("Run")],
        handler: get
      ),
      Route(
        "DELETE",
        "\(base)/{run}",
        "\(group)_Delete",
        "Deletes a run that has ended, with its history.",
        .role(.admin),
        answers: [.noContent],
        handler: delete
      ),
      Route(
        "GET",
        "\(base)/{run}/contents/{content}",
        "\(group)_Content",
        "Gets the inputs or outputs of the run's trigger: TriggerInputs or TriggerOutputs.",
        .role(.reader),
        answers: [.ok("Any")],
        handler: content
      ),
      Route(
        "POST",
        "\(base)/{run}/cancel",
        "\(group)_Cancel",
        "Cancels a run.",
        .role(.operator),
        answers: [.ok("Run")],
        handler: cancel
      ),
      Route(
        "POST",
        "\(base)/{run}/resubmit",
        "\(group)_Resubmit",
        "Replays a run: all of it, or from actions.",
        .role(.operator),
        body: "Resubmission",
        answers: [.accepted("Run", "The new run")],
        handler: resubmit
      ),
    ]
  }

  // MARK: Reading

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let flow = try call.parameters["workflow"].map { _ throws(Problem) in
      try call.flow(evenRemoved: true).name
    }
    let (records, next) = try await call.page(flow: flow)
    guard call.wantsWeirView else {
      return Call.list(
        records.map { RunDocument(record: $0, base: call.base).summary },
        next: next
      )
    }
    var rows: [JSON] = []
    for record in records {
      let isInterrupted = await RunSummary.isInterrupted(record, call.store, isServed: true)
      rows.append(RunSummary.json(record, isInterrupted: isInterrupted))
    }
    return Call.list(rows, next: next)
  }

  @Sendable private static func get(_ call: Call) async throws(Problem) -> ServiceResponse {
    let wait = try call.integer("wait", in: 0...120)
    var record = try await call.run()
    if let wait, wait > 0 {
      await call.changes.end(of: record, within: .seconds(wait), call.parts.environment)
      record = try await call.run()
    }
    return try await show(record, call)
  }

  private static func show(_ record: RunRecord, _ call: Call) async throws(Problem)
    -> ServiceResponse
  {
    let state = try await call.state(of: record)
    guard !call.wantsWeirView else {
      let query = RunQuery(parent: record.id, limit: 1_000)
      let children = try await call.asking { store throws(StoreFailure) in
        try await store.runs(matching: query)
      }
      return .json(RunSummary.document(record, state, children: children))
    }
    let expanded = (call.query["$expand"] ?? "").lowercased()
      .split(separator: ",").map { $0.filter { $0 != " " } }
    let definition =
      expanded.contains("workflow/properties") ? try await call.definition(record.planHash) : nil
    let document = RunDocument(record: record, base: call.base)
    return .json(
      document.full(
        state,
        withActions: expanded.contains("properties/actions"),
        definition: definition
      )
    )
  }

  @Sendable private static func content(_ call: Call) async throws(Problem) -> ServiceResponse {
    let members = ["triggerinputs": "inputs", "triggeroutputs": "outputs"]
    let state = try await call.state(of: call.run())
    guard let member = members[call["content"].lowercased()],
      let value = RunDocument.triggerContent(member, state)
    else {
      throw .notFound(
        "ContentNotFound",
        "The run has no content '\(call["content"])'; it may have TriggerInputs and "
          + "TriggerOutputs."
      )
    }
    return .json(value)
  }

  // MARK: Changing

  @Sendable private static func delete(_ call: Call) async throws(Problem) -> ServiceResponse {
    let record = try await call.run()
    guard record.status.isTerminal, record.owner == nil else {
      throw .conflict(
        "WorkflowRunInProgress",
        "The run '\(record.id)' has not ended: cancel it first."
      )
    }
    try await call.audit("run.delete", "run/\(record.id)", detail: record.flow)
    _ = try await call.asking { store throws(StoreFailure) in
      try await store.deleteRun(record.id)
    }
    return .noContent
  }

  @Sendable private static func cancel(_ call: Call) async throws(Problem) -> ServiceResponse {
    let record = try await call.run()
    guard !record.status.isTerminal else {
      throw .conflict(
        "WorkflowRunCannotBeCancelled",
        "The run '\(record.id)' has ended as \(record.status.rawValue)."
      )
    }
    try await call.audit("run.cancel", "run/\(record.id)", detail: record.flow)
    try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.delivery.deliver(.cancel, to: record.id)
    }
    return try await show(try await call.run(), call)
  }

  @Sendable private static func resubmit(_ call: Call) async throws(Problem) -> ServiceResponse {
    let record = try await call.run()
    let content = try call.object(of: ResubmissionContent.members, isRequired: false)
    if let bulk = try ResubmissionContent.bulk(content) {
      return try await resubmit(record, call, detail: bulk) {
        resubmission throws(RuntimeFailure) in
        try await resubmission.resubmit(record.id, inBulk: bulk, for: call.caller.name)
      }
    }
    return try await resubmit(record, try ResubmissionContent.order(content), call)
  }

  /// Replays a run that has ended.
  static func resubmit(_ record: RunRecord, _ order: ResubmissionOrder, _ call: Call)
    async throws(Problem) -> ServiceResponse
  {
    try await resubmit(record, call, detail: record.flow) { resubmission throws(RuntimeFailure) in
      try await resubmission.resubmit(record.id, order, for: call.caller.name)
    }
  }

  private static func resubmit(
    _ record: RunRecord,
    _ call: Call,
    detail: String,
    _ start: (any RunResubmission) async throws(RuntimeFailure) -> RunID?
  ) async throws(Problem) -> ServiceResponse {
    guard let resubmission = call.parts.resubmission else {
      throw Problem(501, "NotImplemented", "This server cannot replay runs.")
    }
    guard record.status.isTerminal else {
      throw .conflict(
        "WorkflowRunInProgress",
        "The run '\(record.id)' has not ended; only a finished run can be replayed."
      )
    }
    try await call.audit("run.resubmit", "run/\(record.id)", detail: detail)
    let begun = try await call.running { () async throws(RuntimeFailure) in
      try await start(resubmission)
    }
    guard let id = begun else {
      throw .conflict("ReplayBegun", "The bulk '\(detail)' intends no replay of it any more.")
    }
    let started = try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.worker.record(id)
    }
    return Self.started(started, call)
  }

  /// What a client gets that started a run.
  static func started(_ record: RunRecord, _ call: Call) -> ServiceResponse {
    let document = RunDocument(record: record, base: call.base)
    return ServiceResponse(
      status: 202,
      json: document.summary,
      headers: [
        "Location": call.base + document.path, "x-ms-workflow-run-id": record.id.text,
        "x-ms-workflow-name": record.flow,
      ]
    )
  }
}
