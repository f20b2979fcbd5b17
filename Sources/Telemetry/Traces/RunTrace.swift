internal import Definitions
package import Engine
internal import OrderedJSON
internal import Timekeeping

/// A run that ended, as a trace: one span for the run, and one for each step that was started.
///
/// All identifiers follow from the name of the run, so that the trace of a run is the same whoever
/// drove it to its end. No value of the run is in it.
package struct RunTrace {
  private let state: RunState
  private let started: RunEvent.RunStarted
  private let caller: TraceContext?
  private let hash: ([UInt8]) -> [UInt8]

  /// More steps than this are counted and left out.
  package static let stepLimit = 2000

  /// - Parameters:
  ///   - state: Of a run that started.
  ///   - hash: SHA-256.
  package init?(_ state: RunState, hash: @escaping ([UInt8]) -> [UInt8]) {
    guard let started = state.started else { return nil }
    self.state = state
    self.started = started
    self.hash = hash
    caller = TraceContext(trigger: started.trigger)
  }

  /// The span of the run and those of its steps; empty when the caller's trace is not recorded.
  package var spans: [TraceSpan] {
    guard caller?.isSampled ?? true else { return [] }
    let steps = state.order.filter { state.instances[$0]?.status != .skipped }
    return [root(stepCount: steps.count)] + steps.prefix(Self.stepLimit).map(step)
  }

  /// What the requests of a step belong to; not recorded when the caller's trace is not.
  package func context(of address: ActionAddress) -> TraceContext {
    TraceContext(
      traceID: traceID,
      spanID: identifier(state.plan.spelled(address), bytes: 8),
      isSampled: caller?.isSampled ?? true
    )
  }

  private var traceID: String { caller?.traceID ?? identifier("trace", bytes: 16) }

  private func root(stepCount: Int) -> TraceSpan {
    var attributes: JSONObject = [
      "weir.run.id": .string(started.run),
      "weir.flow.name": .string(started.flow),
      "weir.run.status": .string(state.status.rawValue),
      "weir.trigger.name": .string(started.triggerName),
      "weir.trigger.type": .string(started.triggerType),
      "weir.client.tracking_id": .string(started.clientTrackingID),
    ]
    if let code = state.code { attributes["weir.run.code"] = .string(code) }
    let left = stepCount - Self.stepLimit
    if left > 0 { attributes["weir.trace.dropped_steps"] = .integer(Int64(left)) }
    return TraceSpan(
      context: context(of: "run"),
      parent: caller?.spanID,
      name: started.flow,
      kind: started.triggerType.lowercased() == "request" ? .server : .internal,
      start: started.time,
      end: state.endTime ?? started.time,
      attributes: attributes,
      failure: Self.isFailure(state.status) ? state.code ?? state.status.rawValue : nil
    )
  }

  private func step(_ address: ActionAddress) -> TraceSpan {
    let planned = state.plan.actions[address.action]
    let start = state.instances[address]?.startTime ?? started.time
    var attributes: JSONObject = [
      "weir.action.name": .string(planned.name),
      "weir.action.type": .string(planned.type),
    ]
    guard let instance = state.instances[address] else { preconditionFailure("not in the order") }
    attributes["weir.action.status"] = .string(instance.status.rawValue)
    if let code = instance.code { attributes["weir.action.code"] = .string(code) }
    if let status = instance.attempts.last?.statusCode {
      attributes["http.response.status_code"] = .integer(Int64(status))
    }
    return TraceSpan(
      context: context(of: state.plan.spelled(address)),
      parent: identifier(container(of: address).map(state.plan.spelled) ?? "run", bytes: 8),
      name: state.plan.spelled(address),
      kind: instance.attempts.isEmpty ? .internal : .client,
      start: start,
      end: instance.endTime ?? state.endTime ?? start,
      attributes: attributes,
      events: instance.attempts.map(Self.event),
      failure: Self.isFailure(instance.status) ? instance.code ?? instance.status.rawValue : nil
    )
  }

  private static func event(_ attempt: Attempt) -> TraceSpan.Event {
    var attributes: JSONObject = ["weir.attempt.number": .integer(Int64(attempt.number))]
    attributes["weir.attempt.seconds"] = .double((attempt.endTime - attempt.startTime).seconds)
    attributes["weir.throttle.seconds"] = .double(attempt.waitedForThrottle.seconds)
    if let status = attempt.statusCode {
      attributes["http.response.status_code"] = .integer(Int64(status))
    }
    return TraceSpan.Event(name: "attempt", time: attempt.startTime, attributes: attributes)
  }

  /// The instance around this one: with the same iterations, or without the last of them.
  private func container(of address: ActionAddress) -> ActionAddress? {
    let block = state.plan.actions[address.action].block
    guard let outer = state.plan.blocks[block].container else { return nil }
    let same = ActionAddress(action: outer, indices: address.indices)
    if state.instances[same] != nil { return same }
    return ActionAddress(action: outer, indices: address.indices.dropLast())
  }

  private func context(of name: String) -> TraceContext {
    TraceContext(traceID: traceID, spanID: identifier(name, bytes: 8))
  }

  private func identifier(_ name: String, bytes count: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = hash(Array("\(started.run)/\(name)".utf8)).prefix(count)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self
    )
  }

  private static func isFailure(_ status: RunStatus) -> Bool {
    status == .failed || status == .timedOut
  }

  private static func isFailure(_ status: ActionStatus) -> Bool {
    status == .failed || status == .timedOut
  }
}
