import Definitions
import Connectors
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// What surrounds one request.
extension HTTPPerformer {
  /// Asks for the result of an accepted request instead of sending it again.
  func poll(_ prepared: PreparedRequest, at location: String?) -> PreparedRequest {
    guard let location, let target = HTTPRequest(method: "GET", url: location) else {
      return prepared
    }
    let followUp = FollowUp(to: target, like: prepared.request)
    let signer = followUp.keepsCredentials ? prepared.signer : nil
    return PreparedRequest(request: followUp.request, signer: signer)
  }

  /// Counts the call from when it had surely arrived, and obeys a service that asks for a pause.
  func leave(
    _ gate: ConnectionGate,
    _ pass: ConnectionGate.Pass,
    _ departure: Timestamp,
    _ response: HTTPResponse?
  ) async {
    let now = environment.clock.now()
    if pass.call != nil { await gate.settle(pass, at: min(now, departure + .seconds(1))) }
    guard let response, response.status == 429 || response.status == 503,
      let pause = RetryAfter.delay(response.headers, now: now)
    else { return }
    await gate.close(until: now + pause)
  }
}
