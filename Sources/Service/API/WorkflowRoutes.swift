import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Seams

/// Flows: their definitions, versions and whether they are enabled.
enum WorkflowRoutes {
  private static let base = "/api/workflows"
  private static let one = "/api/workflows/{workflow}"

  static let routes: [Route] = [
    Route(
      "GET",
      base,
      "Workflows_List",
      "Lists the workflows that are served.",
      .role(.reader),
      queries: [.top, .init(name: "$skiptoken", summary: "The position at which the page begins")],
      answers: [.ok("WorkflowList")],
      handler: list
    ),
    Route(
      "GET",
      one,
      "Workflows_Get",
      "Gets a workflow with its definition.",
      .role(.reader),
      answers: [.ok("Workflow")],
      handler: get
    ),
    Route(
      "PUT",
      one,
      "Workflows_CreateOrUpdate",
      "Saves a workflow in the project; new runs use it at once.",
      .role(.author),
      body: "WorkflowContent",
      answers: [.ok("Workflow", "Changed"), .created("Workflow")],
      handler: put
    ),
    Route(
      "DELETE",
      one,
      "Workflows_Delete",
      "Deletes a workflow from the project; its runs stay.",
      .role(.author),
      answers: [.noContent],
      handler: delete
    ),
    Route(
      "POST",
      "\(one)/enable",
      "Workflows_Enable",
      "Lets the triggers of a workflow start runs.",
      .role(.operator),
      answers: [.ok("Workflow")]
    ) { call throws(Problem) in try await Self.enable(true, call) },
    Route(
      "POST",
      "\(one)/disable",
      "Workflows_Disable",
      "Keeps the triggers of a workflow from starting runs; runs in flight go on.",
      .role(.operator),
      answers: [.ok("Workflow")]
    ) { call throws(Problem) in try await Self.enable(false, call) },
    Route(
      "POST",
      "\(one)/validate",
      "Workflows_Validate",
      "Checks a workflow without saving it.",
      .role(.reader),
      body: "WorkflowContent",
      answers: [.ok("Validation", "No error; warnings, if there are some")],
      handler: validate
    ),
    Route(
      "POST",
      "\(one)/listCallbackUrl",
      "Workflows_ListCallbackUrl",
      "Gets the signed address of the workflow's Request trigger.",
      .role(.operator),
      answers: [.ok("CallbackUrl")]
    ) { call throws(Problem) in
      let flow = try call.flow()
      guard let trigger = flow.triggers.first(where: { $0.type.lowercased() == "request" }) else {
        throw TriggerRoutes.notCallable(flow.name, nil)
      }
      return try await TriggerRoutes.address(of: trigger, flow, call)
    },
    Route(
      "POST",
      "\(one)/regenerateAccessKey",
      "Workflows_RegenerateAccessKey",
      "Makes a new key for signed addresses; those of the old key work no more.",
      .role(.author),
      body: "KeyChoice",
      answers: [.noContent],
      handler: regenerate
    ),
    Route(
      "GET",
      "\(one)/versions",
      "WorkflowVersions_List",
      "Lists the versions that a workflow ever had, the newest first.",
      .role(.reader),
      queries: [.top, .init(name: "$skiptoken", summary: "The position at which the page begins")],
      answers: [.ok("WorkflowVersionList")],
      handler: versions
    ),
    Route(
      "GET",
      "\(one)/versions/{version}",
      "WorkflowVersions_Get",
      "Gets a version of a workflow that is in force or that some run has used.",
      .role(.reader),
      answers: [.ok("WorkflowVersion")]
    ) { call throws(Problem) in
      let document = try await call.version(call["version"])
      return .json(WorkflowDocument.version(call["version"], of: call["workflow"], document))
    },
  ]

  // MARK: Reading

  @Sendable private static func list(_ call: Call) async throws(Problem) -> ServiceResponse {
    let stored = try await call.asking { store throws(StoreFailure) in try await store.triggers() }
    let byFlow = Dictionary(grouping: stored, by: \.flow)
    return try call.paged(call.flows) {
      WorkflowDocument.json($0, triggers: byFlow[$0.name] ?? [])
    }
  }

  @Sendable private static func get(_ call: Call) async throws(Problem) -> ServiceResponse {
    try await show(try call.flow(), call)
  }

  private static func show(_ flow: ServedFlow, status: Int = 200, _ call: Call)
    async throws(Problem) -> ServiceResponse
  {
    let version = try await call.version(flow.planHash)
    return ServiceResponse(
      status: status,
      json: WorkflowDocument.json(flow, version: version),
      headers: ["ETag": "\"\(flow.planHash)\""]
    )
  }

  @Sendable private static func validate(_ call: Call) async throws(Problem) -> ServiceResponse {
    let problems = try await checked(call)
    return .json(["diagnostics": .array(problems.map(DiagnosticDocument.json))])
  }

  /// The warnings on a workflow without errors.
  private static func checked(_ call: Call) async throws(Problem) -> [Diagnostic] {
    guard let files = call.parts.files else { throw readOnly }
    let document = try WorkflowContent.document(call)
    let problems = await files.problems(in: document, named: call["workflow"])
    guard !problems.contains(where: { $0.severity == .error }) else {
      throw Problem(problems, "InvalidTemplate", "The workflow definition is not valid.")
    }
    return problems
  }

  @Sendable private static func versions(_ call: Call) async throws(Problem) -> ServiceResponse {
    let flow = try call.flow()
    let hashes = try await call.asking { store throws(StoreFailure) in
      try await store.planHashes(of: flow.name)
    }
    return try call.paged(hashes) { WorkflowDocument.version($0, of: flow.name, nil) }
  }

  // MARK: Changing

  @Sendable private static func put(_ call: Call) async throws(Problem) -> ServiceResponse {
    let name = call["workflow"]
    let files = try writable(call)
    try WorkflowContent.requireName(name)
    let known = call.parts.catalog.flow(name).flatMap { $0.path == nil ? nil : $0 }
    try requireMatch(known, call)
    _ = try await checked(call)
    let document = try WorkflowContent.document(call)
    try await call.audit("workflow.save", "workflow/\(name)")
    do throws(Diagnostic) {
      try await files.save(document, named: known?.name ?? name)
    } catch {
      throw Problem([error], "WorkflowNotSaved", "The workflow could not be saved.")
    }
    return try await show(try call.flow(), status: known == nil ? 201 : 200, call)
  }

  @Sendable private static func delete(_ call: Call) async throws(Problem) -> ServiceResponse {
    let files = try writable(call)
    let flow = try call.flow()
    try requireMatch(flow, call)
    try await call.audit("workflow.delete", "workflow/\(flow.name)")
    do throws(Diagnostic) {
      try await files.delete(flow.name)
    } catch {
      throw Problem([error], "WorkflowNotDeleted", "The workflow could not be deleted.")
    }
    return .noContent
  }

  /// Source: RFC 9110 section 13.1.1.
  private static func requireMatch(_ flow: ServedFlow?, _ call: Call) throws(Problem) {
    guard let wanted = call.request.headers["If-Match"] else { return }
    let tags = wanted.split(separator: ",").map { $0.filter { $0 != " " && $0 != "\"" } }
    let found = flow?.planHash
    guard let found, tags.contains("*") || tags.contains(found) else {
      throw Problem(
        412,
        "PreconditionFailed",
        "The workflow has the version '\(found ?? "none")' now: get it, and change that."
      )
    }
  }

  @Sendable private static func regenerate(_ call: Call) async throws(Problem) -> ServiceResponse {
    guard let addresses = call.parts.addresses else {
      throw TriggerRoutes.notCallable(call["workflow"], nil)
    }
    let flow = try call.flow()
    let object = try call.object(of: ["keyType"], isRequired: false)
    let choice = object["keyType"]?.stringValue ?? "Primary"
    guard object["keyType"].map({ $0.stringValue != nil }) ?? true,
      ["primary", "secondary"].contains(choice.lowercased())
    else { throw .invalidContent("'keyType' must be 'Primary' or 'Secondary'.") }
    try await call.audit("workflow.key", "workflow/\(flow.name)", detail: choice)
    try await call.running { () async throws(RuntimeFailure) in
      try await addresses.regenerateKey(
        of: flow.name,
        isSecondary: choice.lowercased() == "secondary"
      )
    }
    return .noContent
  }

  private static func enable(_ isEnabled: Bool, _ call: Call) async throws(Problem)
    -> ServiceResponse
  {
    let flow = try call.flow()
    let action = isEnabled ? "workflow.enable" : "workflow.disable"
    try await call.audit(action, "workflow/\(flow.name)")
    try await call.running { () async throws(RuntimeFailure) in
      try await call.parts.triggers.setEnabled(isEnabled, flow: flow.name)
    }
    return try await show(try call.flow(), call)
  }

  private static let readOnly = Problem.conflict(
    "ProjectNotWritable",
    "This server does not change flows: edit the files of its project."
  )

  private static func writable(_ call: Call) throws(Problem) -> any FlowFiles {
    guard let files = call.parts.files, files.isWritable else { throw readOnly }
    return files
  }
}
