import Connectors
import Definitions
import Engine
import HTTPMessages
import OrderedJSON

/// What the answers to an attempt mean.
extension ConnectorAttempt {
  /// What an answer says about work that goes on after the first one.
  @inline(never)
  func finding(_ answer: Answer) -> StatusMonitor.Finding? {
    guard let operation = call.operation.longRunning, let sent = answer.prepared?.request,
      let draft = answer.draft, origin.subscription == nil
    else { return nil }
    return StatusMonitor.read(
      answer.response,
      to: sent,
      of: operation,
      original: draft.request,
      isPoll: origin.pollLocation != nil
    )
  }

  /// Reads the result of work that is done; it is part of the question that found out.
  func read(_ result: FollowUp, _ answer: Answer) async throws(CallFailure) -> Answer {
    guard let prepared = answer.prepared, let draft = answer.draft else { return answer }
    let (last, response) = try await follow(follower(result, of: withoutKey(prepared)))
    return Answer(response: try mapped(response, draft), prepared: last, draft: draft)
  }

  /// The answer with all its pages, and with what its items say.
  func outcome(ofPagesAfter answer: Answer)
    async throws(CallFailure) -> AttemptResult.Outcome
  {
    guard origin.minimumItemCount != nil else { return outcome(of: answer) }
    let page = try await pages(after: answer)
    return outcome(
      of: Answer(response: page.response, prepared: page.prepared, draft: answer.draft),
      body: page.body
    )
  }

  @inline(never)
  func outcome(
    of answer: Answer,
    pollLocation: String? = nil,
    failure: ActionFailure? = nil,
    body: JSON? = nil
  ) -> AttemptResult.Outcome {
    let outcome = performer.response(
      answer.response,
      to: answer.prepared?.request,
      origin,
      call,
      body: body
    )
    guard case .response(var response) = outcome else { return outcome }
    if let pollLocation { response.pollLocation = pollLocation }
    response.failure = failure
    if answer.response.isSuccess, response.pollLocation == nil, failure == nil {
      response.failure = call.itemFailure(in: response.outputs).map {
        ActionFailure(code: $0.code, message: $0.message)
      }
    }
    return .response(response)
  }

  /// A question repeats no step, so that it carries no key.
  func withoutKey(_ prepared: PreparedRequest) -> PreparedRequest {
    var question = prepared
    for name in [call.idempotencyHeader, call.firstSentHeader].compactMap({ $0 }) {
      question.request.headers[name] = nil
    }
    return question
  }
}
