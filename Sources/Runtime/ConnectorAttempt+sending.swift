import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

extension ConnectorAttempt {
  /// Sends and follows redirects where that is safe; each step is signed for where it goes.
  func follow(_ prepared: PreparedRequest)
    async throws(CallFailure) -> (PreparedRequest, HTTPResponse)
  {
    var prepared = prepared
    var count = 0
    while true {
      let response = try await send(prepared)
      guard let next = try redirect(prepared.request, response, count) else {
        return (prepared, response)
      }
      prepared = follower(next, of: prepared)
      count += 1
    }
  }

  @inline(never)
  private func redirect(_ request: HTTPRequest, _ response: HTTPResponse, _ count: Int)
    throws(CallFailure) -> FollowUp?
  {
    do throws(Diagnostic) {
      return try RedirectRule.next(after: request, response, count: count)
    } catch {
      throw .refused(error)
    }
  }

  /// The signer goes along only where the credentials do.
  func follower(_ next: FollowUp, of prepared: PreparedRequest) -> PreparedRequest {
    PreparedRequest(request: next.request, signer: next.keepsCredentials ? prepared.signer : nil)
  }

  /// Sends once, and once more by the service's clock when it finds fault with ours.
  func send(_ prepared: PreparedRequest) async throws(CallFailure) -> HTTPResponse {
    let response = try await exchange(prepared, offset: .zero)
    guard prepared.signer != nil, ClockRefusal.isMeant(by: response) else { return response }
    let offset = ClockRefusal.offset(of: response, now: performer.environment.clock.now())
    return try await exchange(prepared, offset: offset)
  }

  /// The request with the time of the step's first one, where the service wants it beside a key.
  private func dated(_ prepared: PreparedRequest) async throws(CallFailure) -> PreparedRequest {
    let name = firstSentHeader(of: prepared.request)
    let items = prepared.request.body.isEmpty ? nil : call.idempotencyItems
    guard let firstSent = origin.firstSent, let key = origin.idempotencyKey,
      name != nil || items != nil
    else { return prepared }
    guard let time = await firstSent() else {
      throw .transport(TransportFailure(.cancelled, "the run is not driven here any more"))
    }
    var dated = prepared
    if let name { dated.request.headers[name] = HTTPDate.text(time) }
    if let items {
      let digests = performer.environment.digests
      dated.request = items.marked(dated.request, key: key, firstSent: time, with: digests)
    }
    return dated
  }

  /// The header that is still to be filled; `nil` when the flow gives it, or there is no key.
  private func firstSentHeader(of request: HTTPRequest) -> String? {
    guard let name = call.firstSentHeader, let key = call.idempotencyHeader,
      request.headers[key] != nil, request.headers[name] == nil
    else { return nil }
    return name
  }

  /// Waits at the gate, and returns the request with its date as soon as it may leave.
  private func pass(_ undated: PreparedRequest)
    async throws(CallFailure) -> (ConnectionGate.Pass, PreparedRequest)
  {
    let pass = try await pass()
    let clock = performer.environment.clock
    let passed = clock.now()
    let prepared: PreparedRequest
    do throws(CallFailure) { prepared = try await dated(undated) } catch {
      await performer.leave(gate, pass, clock.now(), nil)
      throw error
    }
    let delay = clock.now() - passed
    // Below zero, the clock was set back and nobody knows.
    guard pass.call != nil, delay < .zero || delay > Self.longestDelay else {
      return (pass, prepared)
    }
    // The disk was slow, and the window counts the call from before it leaves: it passes anew.
    await performer.leave(gate, pass, clock.now(), nil)
    return (try await self.pass(), prepared)
  }

  /// How long after it passed the gate a call may leave; the window allows it a second to arrive.
  private static let longestDelay = Duration.milliseconds(250)

  private func pass() async throws(CallFailure) -> ConnectionGate.Pass {
    let held = performer.connections.held
    held.enter(origin.idempotencyKey)
    defer { held.leave(origin.idempotencyKey) }
    do {
      let pass = try await gate.pass(origin.run)
      meter.waited += pass.waited
      return pass
    } catch {
      throw .transport(TransportFailure(.cancelled, "the call was given up at the gate"))
    }
  }

  private func exchange(_ undated: PreparedRequest, offset: Duration)
    async throws(CallFailure) -> HTTPResponse
  {
    let (pass, prepared) = try await pass(undated)
    let departure = performer.environment.clock.now()
    var signed = prepared.signed(at: departure + offset, with: performer.environment.digests)
    signed.headers.setTraceparent(origin.traceparent)
    do throws(TransportFailure) {
      let response = try await performer.environment.transport.send(signed, limits: .standard)
      await performer.leave(gate, pass, departure, response)
      return response
    } catch {
      await performer.leave(gate, pass, departure, nil)
      throw .transport(error)
    }
  }
}
