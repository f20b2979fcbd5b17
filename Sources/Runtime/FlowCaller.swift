import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams

/// Performs actions of type Workflow by running the called flow in this process; everything else
/// goes to another performer.
///
/// The action ends with the first Response of the called run, or when that run ends. A run that is
/// taken over after a crash calls anew: the called flow runs at least once.
///
/// Source: workflow language reference, section d.4 (Workflow).
struct FlowCaller: ActionPerformer {
  let worker: Worker
  let base: any ActionPerformer
  let flows: FlowSupply
  /// How many calls led here.
  let depth: Int

  /// A flow that calls itself must end somewhere.
  private static let depthLimit = 16

  func perform(_ request: ActionRequest) async -> AttemptResult {
    guard case .call = request.action.step else { return await base.perform(request) }
    let start = worker.environment.clock.now()
    let outcome: AttemptResult.Outcome
    do throws(ActionFailure) {
      outcome = try await call(request)
    } catch {
      outcome = .refusal(code: "BadGateway", error)
    }
    return AttemptResult(
      number: request.attempt,
      startTime: start,
      endTime: worker.environment.clock.now(),
      outcome: outcome
    )
  }

  private func call(_ request: ActionRequest) async throws(ActionFailure) -> AttemptResult.Outcome {
    guard depth < Self.depthLimit else {
      throw ActionFailure(
        code: "NestedWorkflowTooDeep",
        message: "Flows call each other more than \(Self.depthLimit) levels deep."
      )
    }
    let flow = try flow(request.inputs)
    let trigger = try trigger(of: flow, request)
    let (replies, reply) = AsyncStream<Reply>.makeStream()
    let driver: RunDriver
    do throws(RuntimeFailure) {
      driver = try await worker.start(
        flow,
        trigger: trigger,
        origin: RunOrigin(
          parent: RunRecord.Parent(run: request.run, mode: "call", action: request.action.name),
          depth: depth + 1,
          isAttended: true
        )
      ) { _, state in
        if let answer = Reply(state) { reply.yield(answer) }
      }
    } catch {
      throw .notCallable("the run of the called flow cannot be started: \(error)")
    }
    worker.noteCall(driver)
    _ = worker.environment.spawn { [worker] in
      _ = try? await driver.end()
      worker.forgetCall(driver)
      reply.finish()
    }
    return try await outcome(of: replies, driver)
  }

  private func outcome(of replies: AsyncStream<Reply>, _ driver: RunDriver)
    async throws(ActionFailure) -> AttemptResult.Outcome
  {
    for await reply in replies { return try reply.outcome(of: driver.run) }
    // Whoever gave the call up gives up the called run too.
    if Task.isCancelled { await driver.post(.cancel) }
    throw .noResponse("the run '\(driver.run)' of the called flow was abandoned")
  }

  // MARK: Parts

  private func flow(_ inputs: JSON) throws(ActionFailure) -> PreparedFlow {
    let id = inputs["host"]?["workflow"]?["id"]?.stringValue ?? ""
    let name = id.split(separator: "/").last.map(String.init) ?? ""
    do throws(Diagnostic) {
      return try flows.flow(name)
    } catch {
      throw .notCallable(error.message)
    }
  }

  private func trigger(of flow: PreparedFlow, _ request: ActionRequest) throws(ActionFailure)
    -> TriggerEvent
  {
    let wanted = request.inputs["host"]?["triggerName"]?.stringValue
    let callable = flow.plan.triggers.filter { ["Request", "Manual"].contains($0.type) }
    let found =
      wanted.map { name in
        callable.first { $0.name.lowercased() == name.lowercased() }
      } ?? callable.first
    guard let trigger = found else {
      throw .notCallable("the flow '\(flow.plan.flow)' has no Request trigger that can be called")
    }
    var outputs = JSONObject()
    for member in ["headers", "body"] { outputs[member] = request.inputs[member] }
    var event = TriggerEvent(
      name: trigger.name,
      type: trigger.type,
      outputs: .object(outputs),
      clientTrackingID: request.clientTrackingID,
      isSecret: request.isSecret || trigger.secureOutputs
    )
    event.user = request.user
    return event
  }

  /// How the called run answered.
  private enum Reply: Sendable {
    case answered(JSON)
    case ended(RunStatus)

    /// `nil` while there is no answer.
    init?(_ state: RunState) {
      if let answer = state.response.flatMap({ state.instances[$0]?.outputs }) {
        self = .answered(answer)
      } else if state.status.isTerminal {
        self = .ended(state.status)
      } else {
        return nil
      }
    }

    func outcome(of run: RunID) throws(ActionFailure) -> AttemptResult.Outcome {
      switch self {
      case .answered(let outputs):
        let status = Int(outputs["statusCode"]?.integerValue ?? 200)
        return .response(AttemptResult.Response(statusCode: status, outputs: outputs))
      case .ended(.succeeded):
        let headers: JSON = ["x-ms-workflow-run-id": .string(run.text)]
        let outputs: JSON = ["statusCode": 202, "headers": headers]
        return .response(AttemptResult.Response(statusCode: 202, outputs: outputs))
      case .ended(let status):
        throw .noResponse(
          "the run '\(run)' of the called flow ended as \(status.rawValue) without a response"
        )
      }
    }
  }
}

extension ActionFailure {
  fileprivate static func notCallable(_ why: String) -> ActionFailure {
    ActionFailure(code: "NestedWorkflowNotCallable", message: "The call failed: \(why).")
  }

  fileprivate static func noResponse(_ why: String) -> ActionFailure {
    ActionFailure(code: "NoResponse", message: "The call failed: \(why).")
  }
}
