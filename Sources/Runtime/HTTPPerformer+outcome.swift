import Definitions
import Connectors
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// What answers and failures mean to the engine.
extension HTTPPerformer {
  func response(
    _ response: HTTPResponse,
    to sent: HTTPRequest?,
    _ request: Origin,
    _ call: ConnectorCall,
    body: JSON? = nil
  ) -> AttemptResult.Outcome {
    self.response(
      response,
      to: sent,
      request,
      call.decoder,
      secrets: call.secretPointers,
      body: body
    )
  }

  func response(
    _ response: HTTPResponse,
    to sent: HTTPRequest?,
    _ request: Origin,
    _ decoder: ResponseDecoder,
    secrets: [String],
    body: JSON? = nil
  ) -> AttemptResult.Outcome {
    let now = environment.clock.now()
    let poll = sent.flatMap { sent in
      AsynchronousAnswer.next(
        after: sent,
        response,
        now: now,
        isPoll: request.pollLocation != nil
      )
    }
    var outputs = decoder.outputs(of: response)
    if let body { outputs["body"] = body }
    var answer = AttemptResult.Response(
      statusCode: response.status,
      outputs: .object(outputs),
      retryAfter: RetryAfter.delay(response.headers, now: now),
      pollLocation: poll?.followUp.request.url,
      secretPointers: secrets
    )
    answer.location = sent.flatMap { NativePolling.location(of: response, to: $0)?.url }
    return .response(answer)
  }

  func outcome(of problem: Diagnostic) -> AttemptResult.Outcome {
    .failure(
      code: Self.code(of: problem),
      message: [problem.message, problem.hint].compactMap { $0 }.joined(separator: "; "),
      isTransient: problem.code == .tokenUnavailable
    )
  }

  private static func code(of problem: Diagnostic) -> String {
    switch problem.code {
    case .tokenUnavailable: "BadGateway"
    case .missingToken, .signInRefused, .foreignConnection: "Unauthorized"
    default: "BadRequest"
    }
  }

  func outcome(of failure: TransportFailure) -> AttemptResult.Outcome {
    .failure(
      code: failure.kind == .timeout ? "GatewayTimeout" : "BadGateway",
      message: failure.message,
      isTransient: failure.isTransient
    )
  }
}
