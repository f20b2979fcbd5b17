import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Triggers that ask again and again.
///
/// Source: workflow language reference, section e.4; connector format reference, section (g).
extension TriggerRound {
  /// Asks once, and returns when to ask next: a retry is a later round, not a wait.
  func poll(_ inputs: JSON, _ model: PollModel) async throws(RuntimeFailure) -> Timestamp {
    let state = PollState(TriggerSeal(environment.vault).state(of: row))
    var request = request(inputs)
    request.pollLocation = state.location
    request.queries = state.queries
    switch await performer.perform(request).outcome {
    case .response(let response): return try await take(response, inputs, state, model)
    case .failure(let code, let message, let isTransient):
      let failure = ActionFailure(code: code, message: message)
      return try await fail(failure, state, retryAfter: isTransient ? .zero : nil)
    case .refusal(let code, let failure):
      let failure = ActionFailure(code: code, message: failure.message)
      return try await fail(failure, state, retryAfter: nil)
    }
  }

  private func take(
    _ response: AttemptResult.Response,
    _ inputs: JSON,
    _ state: PollState,
    _ model: PollModel
  ) async throws(RuntimeFailure) -> Timestamp {
    guard (200...299).contains(response.statusCode) || judgesStatus else {
      return try await refused(response, state)
    }
    var next = state
    next.failures = 0
    let yield: PollModel.Yield
    do throws(Diagnostic) {
      yield = try model.yield(of: response, &next, judgesStatus: judgesStatus)
    } catch {
      let failure = ActionFailure(code: "InvalidTemplate", message: error.message)
      return try await fail(failure, state, retryAfter: nil)
    }
    let due = self.due(after: response, hasFired: yield != .nothing)
    let advanced = try advanced(next.json, due: due)
    guard case .event(let outputs, let items) = yield else {
      try await record(.skipped, code: "NoData", advancing: advanced)
      return due
    }
    return try await fire(outputs, items, inputs, advanced)
  }

  /// Whether the trigger's own conditions decide which answers fire.
  private var judgesStatus: Bool {
    trigger.definition["conditions"]?.text.lowercased().contains("statuscode") ?? false
  }

  private func due(after response: AttemptResult.Response, hasFired: Bool) -> Timestamp {
    let regular = next()
    guard let delay = response.retryAfter else { return regular }
    let asked = environment.clock.now() + delay
    return hasFired ? asked : max(asked, regular)
  }

  private func fire(
    _ outputs: JSON,
    _ items: [JSON]?,
    _ inputs: JSON,
    _ advanced: StoredTrigger
  ) async throws(RuntimeFailure) -> Timestamp {
    var occurrence = TriggerOccurrence(
      flow: flow,
      trigger: trigger,
      identity: identity,
      intended: row.due ?? environment.clock.now(),
      inputs: inputs,
      outputs: outputs,
      advancing: advanced
    )
    if trigger.definition["splitOn"] == nil { occurrence.items = items }
    let due = advanced.due ?? next()
    switch try await intake.take(occurrence) {
    case .full:
      // The poll did not happen: what it brought will be asked for again.
      var row = row
      row.due = next()
      try await save(row)
      return row.due ?? due
    case .duplicate:
      try await save(advanced)
      return due
    case .started, .waiting, .skipped, .failed: return due
    }
  }

  // MARK: Failures

  private func refused(_ response: AttemptResult.Response, _ state: PollState)
    async throws(RuntimeFailure) -> Timestamp
  {
    let failure = ActionFailure(
      code: HTTPStatus.name(response.statusCode),
      message: "The service answered with status \(response.statusCode)."
    )
    let isRetryable = RetryRule.isRetryable(statusCode: response.statusCode)
    return try await fail(
      failure,
      state,
      retryAfter: isRetryable ? response.retryAfter ?? .zero : nil
    )
  }

  /// Asks again as the retry policy says, and at the recurrence once its retries are spent.
  ///
  /// `retryAfter` is the least wait before another attempt; `nil` when none helps.
  private func fail(_ failure: ActionFailure, _ state: PollState, retryAfter: Duration?)
    async throws(RuntimeFailure) -> Timestamp
  {
    var state = state
    let now = environment.clock.now()
    let fraction = Double(environment.entropy.number() >> 11) / Double(1 << 53)
    let delay = trigger.retryPolicy.delay(beforeRetry: state.failures + 1, fraction: fraction)
    if let retryAfter, let delay {
      state.failures += 1
      let due = now + max(delay, retryAfter)
      try await save(advanced(state.json, due: due))
      return due
    }
    state.failures = 0
    let due = next()
    let advanced = try advanced(state.json, due: due)
    try await record(.failed, code: failure.code, failure, advancing: advanced)
    return due
  }
}
