internal import Definitions
internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Checks one action or trigger against the operation that it calls.
struct OperationCheck {
  let use: ConnectorUse
  let connector: Connector
  let kinds: KindInference

  func run(_ report: inout FlowReport) {
    guard let written = use.inputs["host"]?["operationId"]?.stringValue else {
      PathCheck(use: use, connector: connector, kinds: kinds).run(&report)
      return
    }
    guard !written.contains("@") else { return }
    guard let operation = connector.operation(written) else {
      let nearest = NearestName.suggestion(for: written, among: connector.operations.map(\.id))
      report.add(
        .unknownOperation,
        "'\(connector.name)' has no operation '\(written)'",
        use.operationPlace,
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "'weir connector show \(connector.name)' lists its operations"
      )
      return
    }
    checkUse(of: operation, &report)
    checkParameters(operation, &report)
  }

  /// Whether the operation can be executed, and stands where it can be used.
  func checkUse(of operation: ConnectorOperation, _ report: inout FlowReport) {
    if let refusal = Executability.refusal(of: operation, of: connector) {
      report.add(refusal.code, refusal.message, use.operationPlace, hint: refusal.hint)
    }
    guard let complaint = misuse(of: operation) else { return }
    report.add(
      .misplacedOperation,
      "'\(operation.id)' \(complaint.message)",
      use.operationPlace,
      hint: complaint.hint,
      severity: complaint.severity
    )
  }

  private func misuse(of operation: ConnectorOperation)
    -> (message: String, hint: String, severity: Diagnostic.Severity)?
  {
    let isCalledBack = WebhookTrigger(operation: operation, of: connector) != nil
    if use.isTrigger, operation.trigger == nil {
      let triggers = connector.operations.filter { $0.trigger != nil }.map(\.id)
      let hint =
        triggers.isEmpty
        ? "the connector has no triggers" : "its triggers: \(triggers.joined(separator: ", "))"
      return ("is no trigger", hint, use.inputs["path"] == nil ? .error : .warning)
    }
    if !use.isTrigger, operation.trigger != nil {
      return ("is a trigger, used as an action", "move it to \"triggers\"", .warning)
    }
    if use.isWebhook, !isCalledBack, use.inputs["path"] == nil {
      return (
        "has no place for a callback address, so that the service cannot call back",
        "use the type OpenApiConnection", .error
      )
    }
    if use.isTrigger, !use.isWebhook, isCalledBack {
      return ("calls back and cannot be polled", "use the type OpenApiConnectionWebhook", .error)
    }
    return nil
  }

  private func checkParameters(_ operation: ConnectorOperation, _ report: inout FlowReport) {
    // Parameters that an expression makes as a whole are known only when it runs.
    if use.inputs["parameters"]?.stringValue != nil { return }
    let parameters = use.inputs["parameters"]?.objectValue ?? JSONObject()
    guard !parameters.keys.contains(where: { $0.hasPrefix("@") }) else { return }
    let builder = RequestBuilder(connector: connector, operation: operation)
    let literals = LiteralCheck(builder: builder, kinds: kinds)
    let place = use.place.appending("parameters")
    for member in parameters.members {
      guard builder.knows(member.key) else {
        let problem = builder.unknown(member.key)
        let key = place.appending(member.key)
        report.add(problem.code, problem.message, key, hint: problem.hint, onKey: true)
        continue
      }
      literals.check(member.value, of: member.key, at: place.appending(member.key), &report)
    }
    for name in builder.missingNames(given: parameters.keys.map(\.self)) {
      let problem = builder.missing(name)
      let place = use.inputs["parameters"] == nil ? use.place : place
      report.add(problem.code, problem.message, place, hint: problem.hint, onKey: true)
    }
  }
}
