import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// One attempt of a connector operation with all that it takes: look-ups, a token, redirects, pages.
///
/// Every request of it passes the connection's gate and is signed when it leaves.
///
/// A class, and what does not wait is never inlined: whatever the waiting parts hold themselves is
/// allocated anew for every attempt.
final class ConnectorAttempt {
  let performer: HTTPPerformer
  let call: ConnectorCall
  let inputs: OperationInputs
  let connection: ActiveConnection
  let origin: HTTPPerformer.Origin
  let gate: ConnectionGate
  var meter: HTTPPerformer.Meter
  var extras: CallExtras
  /// The token request that the attempt used, to ask again when the service refuses the token.
  var token: TokenFetch?

  init(
    performer: HTTPPerformer,
    call: ConnectorCall,
    inputs: OperationInputs,
    connection: ActiveConnection,
    origin: HTTPPerformer.Origin
  ) {
    self.performer = performer
    self.call = call
    self.inputs = inputs
    self.connection = connection
    self.origin = origin
    gate = performer.connections.gate(of: connection)
    meter = HTTPPerformer.Meter(start: performer.environment.clock.now())
    extras = CallExtras(callbackURL: origin.callbackURL)
    extras.queries = origin.queries
    if call.idempotencyHeader != nil, let key = origin.idempotencyKey {
      extras.idempotencyKey = IdempotencyKey.uuid(of: key, with: performer.environment.digests)
    }
  }

  /// A response with what is needed to go on from it.
  struct Answer {
    /// After the response policies.
    var response: HTTPResponse
    /// The last request, after redirects; `nil` when nothing was sent.
    var prepared: PreparedRequest?
    /// What response policies look at.
    var draft: RequestDraft?
  }

  /// Makes the call and reads the pages that the action asks for.
  func outcome() async throws(CallFailure) -> AttemptResult.Outcome {
    let answer = try await answer()
    switch finding(answer) {
    case .running(let question)?: return outcome(of: answer, pollLocation: question.request.url)
    case .failed(let code, let message)?:
      return outcome(of: answer, failure: ActionFailure(code: code, message: message))
    case .succeeded(let result?)?: return try await outcome(ofPagesAfter: read(result, answer))
    case .succeeded(nil)?, nil: return try await outcome(ofPagesAfter: answer)
    }
  }

  private func answer() async throws(CallFailure) -> Answer {
    var mayRenewToken = true
    while true {
      let values = connection.values
      switch try step(values) {
      case .lookUp(let prepared): extras.lookups.append(try await send(prepared))
      case .needToken(let fetch): try await take(fetch)
      case .answer(let response): return Answer(response: response)
      case .send(let prepared, let draft):
        let (last, response) = try await follow(try target(prepared))
        if response.status == 401, mayRenewToken, try await renewToken(rejected: values.token) {
          mayRenewToken = false
          extras.lookups = []
          continue
        }
        await performer.connections.note(response.status, of: call, connection)
        return Answer(response: try mapped(response, draft), prepared: last, draft: draft)
      }
    }
  }

  /// Whether there is another token than the one that the service refused.
  private func renewToken(rejected: String?) async throws(CallFailure) -> Bool {
    guard token == nil else {
      await forgetToken()
      return true
    }
    do throws(Diagnostic) {
      return try await performer.connections.replaceToken(of: connection, rejected: rejected)
    } catch {
      throw .refused(error)
    }
  }

  @inline(never)
  private func step(_ values: ConnectionValues) throws(CallFailure) -> CallStep {
    do throws(Diagnostic) {
      return try call.step(inputs: inputs, connection: values, extras: extras)
    } catch {
      throw .refused(error)
    }
  }

  /// The response after the policies.
  @inline(never)
  func mapped(_ response: HTTPResponse, _ draft: RequestDraft) throws(CallFailure) -> HTTPResponse {
    do throws(Diagnostic) {
      return try call.response(
        response,
        to: draft,
        connection: connection.values,
        token: extras.token
      )
    } catch {
      throw .refused(error)
    }
  }

  /// What is really sent: the call, the question for its result, or the end of its subscription.
  @inline(never)
  private func target(_ prepared: PreparedRequest) throws(CallFailure) -> PreparedRequest {
    guard let location = origin.subscription else {
      guard origin.pollLocation != nil else { return prepared }
      return performer.poll(withoutKey(prepared), at: origin.pollLocation)
    }
    guard let end = WebhookTrigger.end(of: location, subscribedBy: prepared.request) else {
      throw .refused(
        Diagnostic(
          .unsafeRedirect,
          "the 'Location' of the subscription to '\(call.operation.id)' is no https address",
          hint: "end the subscription at the service itself"
        )
      )
    }
    return follower(end, of: prepared)
  }
}
