import Connectors
package import Engine
import OrderedJSON
import Seams

/// Performs actions of type SendToBatch; everything else goes to another performer.
///
/// Source: workflow language reference, sections d.4 (batch sender) and e.6.
package struct BatchSender: ActionPerformer {
  private let base: any ActionPerformer
  private let batches: Batches
  private let environment: Environment

  package init(base: any ActionPerformer, batches: Batches, environment: Environment) {
    self.base = base
    self.batches = batches
    self.environment = environment
  }

  package func perform(_ request: ActionRequest) async -> AttemptResult {
    guard request.action.type.lowercased() == "sendtobatch" else {
      return await base.perform(request)
    }
    let start = environment.clock.now()
    let outcome: AttemptResult.Outcome
    do throws(ActionFailure) {
      outcome = try await send(request)
    } catch {
      outcome = .refusal(code: error.code == "BadGateway" ? "BadGateway" : "BadRequest", error)
    }
    return AttemptResult(
      number: request.attempt,
      startTime: start,
      endTime: environment.clock.now(),
      outcome: outcome
    )
  }

  private func send(_ request: ActionRequest) async throws(ActionFailure) -> AttemptResult.Outcome {
    let inputs = request.inputs
    let flow = inputs["host"]?["workflow"]?["id"]?.stringValue?.split(separator: "/").last
    guard let flow, let batch = inputs["batchName"]?.stringValue else {
      throw ActionFailure(
        code: "InvalidTemplate",
        message: "SendToBatch needs 'host.workflow.id' and 'batchName'."
      )
    }
    // A name made from the step is the same when the step is repeated after a crash.
    let own = IdempotencyKey.uuid(of: request.idempotencyKey, with: environment.digests)
    let message = Batches.Message(
      flow: String(flow),
      trigger: inputs["host"]?["triggerName"]?.stringValue,
      batch: batch,
      partition: Self.text(inputs["partitionName"]) ?? "DEFAULT",
      id: Self.text(inputs["messageId"]) ?? own,
      content: inputs["content"] ?? .null,
      sender: own
    )
    try await batches.add(message)
    let body: JSON = [
      "batchName": .string(batch), "partitionName": .string(message.partition),
      "messageId": .string(message.id),
    ]
    let outputs: JSON = ["statusCode": 202, "body": body]
    return .response(AttemptResult.Response(statusCode: 202, outputs: outputs))
  }

  /// A name; none when it is missing or empty.
  private static func text(_ value: JSON?) -> String? {
    switch value {
    case .string(let text): text.isEmpty ? nil : text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
