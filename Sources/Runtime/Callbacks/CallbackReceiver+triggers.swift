import Seams
import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Timekeeping

/// Calls of triggers.
///
/// Source: workflow language reference, section e.3.
extension CallbackReceiver {
  func call(_ flow: String, _ name: String, _ rest: String, _ request: HTTPRequest)
    async throws(CallbackRefusal) -> HTTPResponse
  {
    guard let served = catalog.flow(flow) else { throw .unknownFlow(flow) }
    guard let trigger = served.trigger(named: name) else {
      throw .unknownTrigger(name, of: served.name)
    }
    let permission = try await permission(of: request, served)
    let outputs: JSONObject
    var call = TriggerCall(request, environment)
    if permission == CallbackSignature(trigger: trigger.name) {
      guard let accepts = RequestTrigger(trigger) else {
        throw .unknownTrigger(name, of: served.name)
      }
      outputs = try read { () throws(RequestTrigger.Refusal) in
        try accepts.outputs(of: request, path: rest)
      }
    } else {
      call.reading = try await reading(permission, trigger.name, served.name)
      outputs = try read { () throws(RequestTrigger.Refusal) in
        try CallbackMessage.outputs(of: request)
      }
    }
    guard served.isEnabled else { throw .disabled(served.name) }
    return try await take(call, served, trigger, outputs)
  }

  /// What the address allows, once its signature is known to be right.
  private func permission(of request: HTTPRequest, _ flow: ServedFlow)
    async throws(CallbackRefusal) -> CallbackSignature
  {
    var values: [String: String] = [:]
    for item in QueryItem.parse(request.query) where values[item.name] == nil {
      values[item.name] = item.value
    }
    guard let permission = values["sp"], let version = values["sv"], let code = values["sig"] else {
      throw .unsigned
    }
    let signature = CallbackSignature(permission: permission)
    let name = flow.name
    let pair = try await asking("keys of '\(name)'") { () async throws(RuntimeFailure) in
      try await keys.pair(of: name)
    }
    guard version == CallbackSignature.version,
      signature.isValid(code, keys: pair.both, environment.digests)
    else { throw .badSignature }
    return signature
  }

  /// A signature for something else of the same flow is none for this trigger.
  private func reading(_ signature: CallbackSignature, _ trigger: String, _ flow: String)
    async throws(CallbackRefusal) -> ReportReading
  {
    guard let id = signature.subscription(of: trigger) else { throw .badSignature }
    guard let reading = await subscriptions?.reading(of: id, of: trigger, flow: flow) else {
      throw .gone
    }
    return reading
  }

  private func read(_ body: () throws(RequestTrigger.Refusal) -> JSONObject)
    throws(CallbackRefusal) -> JSONObject
  {
    do throws(RequestTrigger.Refusal) { return try body() } catch {
      switch error {
      case .method(let wanted): throw .method(wanted)
      case .path: throw .path
      case .body: throw .body
      }
    }
  }

  // MARK: Taking in

  private func take(
    _ call: TriggerCall,
    _ flow: ServedFlow,
    _ trigger: FlowTrigger,
    _ outputs: JSONObject
  ) async throws(CallbackRefusal) -> HTTPResponse {
    let compiled: CompiledFlow
    do throws(Diagnostic) { compiled = try await flows.flow(flow) } catch {
      environment.log.write(
        .error,
        "callback.failed",
        [("flow", flow.name), ("why", error.message)]
      )
      throw .unavailable
    }
    let waits =
      compiled.hasResponse && !compiled.answersLater && !call.isReport
      && trigger.definition["splitOn"] == nil
    let deadline = environment.clock.now() + patience
    var occurrence = TriggerOccurrence(
      flow: flow,
      trigger: trigger,
      identity: call.identity,
      intended: call.arrived,
      inputs: trigger.inputs.isNull ? nil : trigger.inputs,
      outputs: .object(outputs),
      clientTrackingID: call.clientTrackingID,
      callerWaitsUntil: waits ? deadline : nil
    )
    if call.reading == .items { occurrence.items = outputs["body"].flatMap(TriggerItems.items) }
    let receipt = try await asking("'\(flow.name)'") {
      [taken = occurrence] () async throws(RuntimeFailure) in
      try await intake.take(taken)
    }
    let headers = RunHeaders(flow: flow, trigger: trigger, call: call, compiled: compiled)
    switch receipt {
    case .started(let drivers):
      guard let driver = drivers.first, drivers.count == 1 else { return headers.accepted(nil) }
      if waits { return try await response(of: driver, by: deadline, headers) }
      guard compiled.hasResponse, compiled.answersLater, !call.isReport else {
        return headers.accepted(driver.run)
      }
      return headers.accepted(driver.run, pollingAt: runs.answer(driver.run))
    case .waiting, .skipped: return headers.accepted(nil)
    case .duplicate where waits: throw .duplicate
    case .duplicate: return call.isReport ? HTTPResponse(status: 200) : headers.accepted(nil)
    case .full: throw .full
    case .failed(let code, let message): throw CallbackRefusal(400, code, message)
    }
  }

  private func response(of driver: RunDriver, by deadline: Timestamp, _ headers: RunHeaders)
    async throws(CallbackRefusal) -> HTTPResponse
  {
    let run = driver.run
    let state = try await asking("run \(run)") { () async throws(RuntimeFailure) in
      try await driver.answer(by: deadline)
    }
    guard let state else { throw .timeout }
    var response = try self.response(of: state)
    headers.add(to: &response, run)
    return response
  }

  /// What the run answered.
  ///
  /// - Throws: `CallbackRefusal` when it ended without an answer, or with one that cannot be sent.
  func response(of state: RunState) throws(CallbackRefusal) -> HTTPResponse {
    guard let answer = state.response.flatMap({ state.instances[$0]?.outputs }) else {
      throw .noResponse
    }
    do throws(Diagnostic) { return try ResponseMessage.response(from: answer) } catch {
      throw CallbackRefusal(502, "InvalidResponse", "The Response action cannot be sent.")
    }
  }
}
