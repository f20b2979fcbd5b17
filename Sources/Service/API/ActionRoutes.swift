import Engine
import OrderedJSON

/// Actions of a run, with their repetitions in loops and the requests they sent.
enum ActionRoutes {
  private static let base = "/api/workflows/{workflow}/runs/{run}/actions"
  private static let one = "\(base)/{action}"

  static let routes: [Route] = [
    Route(
      "GET",
      base,
      "WorkflowRunActions_List",
      "Lists the actions that a run started or skipped, in that order.",
      .role(.reader),
      queries: [.top, .init(name: "$skiptoken", summary: "The position at which the page begins")],
      answers: [.ok("ActionList")],
      handler: list
    ),
    Route(
      "GET",
      one,
      "WorkflowRunActions_Get",
      "Gets an action of a run; in a loop it sums up the repetitions.",
      .role(.reader),
      answers: [.ok("Action")]
    ) { call throws(Problem) in
      .json(try Self.found(try await call.actions().resource(call["action"]), call))
    },
    Route(
      "GET",
      "\(one)/contents/{content}",
      "WorkflowRunActions_Content",
      "Gets the inputs or outputs of an action: ActionInputs or ActionOutputs.",
      .role(.reader),
      answers: [.ok("Any")],
      handler: content
    ),
    Route(
      "GET",
      "\(one)/requestHistories",
      "WorkflowRunActionRequestHistories_List",
      "Lists the requests that an action sent.",
      .role(.reader),
      answers: [.ok("RequestHistoryList")],
      handler: requests
    ),
    Route(
      "GET",
      "\(one)/requestHistories/{history}",
      "WorkflowRunActionRequestHistories_Get",
      "Gets a request that an action sent.",
      .role(.reader),
      answers: [.ok("RequestHistory")],
      handler: request
    ),
    Route(
      "GET",
      "\(one)/repetitions",
      "WorkflowRunActionRepetitions_List",
      "Lists the repetitions of an action in a loop.",
      .role(.reader),
      queries: [.top, .init(name: "$skiptoken", summary: "The position at which the page begins")],
      answers: [.ok("RepetitionList")],
      handler: repetitions
    ),
    Route(
      "GET",
      "\(one)/repetitions/{repetition}",
      "WorkflowRunActionRepetitions_Get",
      "Gets a repetition of an action in a loop.",
      .role(.reader),
      answers: [.ok("Repetition")]
    ) { call throws(Problem) in
      let document = try await call.actions()
      return .json(
        try Self.found(document.repetition(call["repetition"], of: call["action"]), call)
      )
    },
    Route(
      "GET",
      "\(one)/repetitions/{repetition}/contents/{content}",
      "WorkflowRunActionRepetitions_Content",
      "Gets the inputs or outputs of a repetition: ActionInputs or ActionOutputs.",
      .role(.reader),
      answers: [.ok("Any")],
      handler: content
    ),
    Route(
      "GET",
      "\(one)/repetitions/{repetition}/requestHistories",
      "WorkflowRunActionRepetitionsRequestHistories_List",
      "Lists the requests that a repetition of an action sent.",
      .role(.reader),
      answers: [.ok("RequestHistoryList")],
      handler: requests
    ),
    Route(
      "GET",
      "\(one)/repetitions/{repetition}/requestHistories/{history}",
      "WorkflowRunActionRepetitionsRequestHistories_Get",
      "Gets a request that a repetition of an action sent.",
      .role(.reader),
      answers: [.ok("RequestHistory")],
      handler: request
    ),
    Route(
      "GET",
      "\(one)/scopeRepetitions",
      "WorkflowRunActionScopeRepetitions_List",
      "Lists the iterations of a loop.",
      .role(.reader),
      queries: [.top, .init(name: "$skiptoken", summary: "The position at which the page begins")],
      answers: [.ok("ScopeRepetitionList")],
      handler: scopeRepetitions
    ),
    Route(
      "GET",
      "\(one)/scopeRepetitions/{repetition}",
      "WorkflowRunActionScopeRepetitions_Get",
      "Gets an iteration of a loop.",
      .role(.reader),
      answers: [.ok("ScopeRepetition")]
    ) { call throws(Problem) in
      let document = try await call.actions()
      return .json(
        try Self.found(document.scopeRepetition(call["repetition"], of: call["action"]), call)
      )
    },
  ]

  // MARK: Lists

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let document = try await call.actions()
    return try call.paged(document.names) { document.resource($0) ?? .null }
  }

  @Sendable private static func repetitions(_ call: Call) async throws(Problem) -> ServiceResponse {
    let document = try await call.actions()
    _ = try found(document.resource(call["action"]), call)
    return try call.paged(document.repetitions(of: call["action"])) { $0 }
  }

  @Sendable private static func scopeRepetitions(_ call: Call) async throws(Problem)
    -> ServiceResponse
  {
    let document = try await call.actions()
    _ = try found(document.resource(call["action"]), call)
    return try call.paged(document.scopeRepetitions(of: call["action"]) ?? []) { $0 }
  }

  @Sendable private static func requests(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (instance, path) = try await instance(call)
    return Call.list(instance.attempts.map { AttemptDocument.history($0, at: path) })
  }

  @Sendable private static func request(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (instance, path) = try await instance(call)
    let number = RepetitionName.indices(call["history"])
    let attempt = instance.attempts.first { [$0.number] == number }
    guard let attempt else {
      throw .notFound(
        "WorkflowRunActionRequestHistoryNotFound",
        "The action '\(call["action"])' has no request '\(call["history"])'."
      )
    }
    return .json(AttemptDocument.history(attempt, at: path))
  }

  // MARK: Contents

  @Sendable private static func content(_ call: Call) async throws(Problem) -> ServiceResponse {
    let (instance, _) = try await instance(call)
    let value: JSON? =
      switch call["content"].lowercased() {
      case "actioninputs": instance.inputs.map { _ in RunView.inputs(of: instance) }
      case "actionoutputs": instance.outputs.map { _ in RunView.outputs(of: instance) }
      default: nil
      }
    guard let value else {
      throw .notFound(
        "ContentNotFound",
        "The action '\(call["action"])' has no content '\(call["content"])'; it may have "
          + "ActionInputs and ActionOutputs."
      )
    }
    return .json(value)
  }

  private static func instance(_ call: Call) async throws(Problem) -> (
    instance: ActionInstance, path: String
  ) {
    let document = try await call.actions()
    let name = call["action"]
    let repetition = call.parameters["repetition"]
    guard let (address, instance) = document.instance(of: name, repetition: repetition) else {
      throw unknown(call)
    }
    let path = document.path(of: document.state.plan.actions[address.action].name)
    let suffix = repetition.map { _ in "/repetitions/\(RepetitionName.text(address.indices))" }
    return (instance, path + (suffix ?? ""))
  }

  private static func found(_ value: JSON?, _ call: Call) throws(Problem) -> JSON {
    guard let value else { throw unknown(call) }
    return value
  }

  private static func unknown(_ call: Call) -> Problem {
    let repetition = call.parameters["repetition"].map { " repetition '\($0)'" } ?? ""
    return .notFound(
      "WorkflowRunActionNotFound",
      "The workflow '\(call["workflow"])' run '\(call["run"])' action "
        + "'\(call["action"])'\(repetition) could not be found."
    )
  }
}
