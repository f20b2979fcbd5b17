import Definitions
import HTTPMessages
import OrderedJSON
import Timekeeping

extension Decision {
  /// Keeps the time of an action's first request; that of a repetition changes nothing.
  mutating func departing(_ address: ActionAddress) {
    guard let instance = state.instances[address], !instance.status.isTerminal,
      instance.firstSent == nil
    else { return }
    emit(.departed(RunEvent.Departed(time: now, address: address)))
  }

  /// Ends the action, or plans its next attempt or poll.
  mutating func attemptFinished(_ address: ActionAddress, _ result: AttemptResult) {
    guard let instance = state.instances[address], !instance.status.isTerminal,
      isOutstanding(Effect.Key(address, .attempt, attempt: result.number))
    else { return }
    let action = state.plan.actions[address.action]
    switch result.outcome {
    case .response(let response): responded(action, address, result, response)
    case .failure(let code, let message, let isTransient):
      let failure = ActionFailure(code: code, message: message)
      if isTransient, retry(action, address, result, error: failure, response: nil) { return }
      end(address, result, code: code, failure)
    case .refusal(let code, let failure): end(address, result, code: code, failure)
    }
  }

  func isOutstanding(_ key: Effect.Key) -> Bool {
    state.outstanding.contains { $0.key == key }
  }

  private mutating func end(
    _ address: ActionAddress,
    _ result: AttemptResult,
    code: String,
    _ failure: ActionFailure
  ) {
    emitEnd(address, .failed, code: code) { event in
      event.error = failure.json
      event.attempt = Attempt(result, error: event.error)
    }
  }

  private mutating func responded(
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response
  ) {
    let status = response.statusCode
    if let location = response.pollLocation, asksForResult(action) {
      poll(address, result, response, location)
      return
    }
    if let failure = response.failure {
      refused(address, result, response, failure, code: failure.code)
      return
    }
    if (200..<300).contains(status) {
      if case .webhook = action.step {
        subscribed(address, result, response)
      } else {
        succeeded(address, result, response)
      }
      return
    }
    let failure = ActionFailure.refused(status, response.outputs)
    if RetryRule.isRetryable(statusCode: status),
      retry(action, address, result, error: failure, response: response)
    {
      return
    }
    refused(address, result, response, failure)
  }

  private func asksForResult(_ action: PlannedAction) -> Bool {
    guard case .request = action.step else { return false }
    return !action.operationOptions.contains("disableasyncpattern")
  }

  private mutating func succeeded(
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response
  ) {
    // An answer that repeats a secret from elsewhere is secret as a whole.
    let repeatsSecret = holdsSecretText(response.outputs)
    emitEnd(address, .succeeded, code: HTTPStatus.name(response.statusCode)) { event in
      event.outputs = response.outputs
      event.attempt = Attempt(result, statusCode: response.statusCode, error: nil)
      event.secrecy.outputPointers = response.secretPointers
      event.secrecy.outputs = event.secrecy.outputs || repeatsSecret
    }
  }

  private mutating func refused(
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response,
    _ failure: ActionFailure,
    code: String? = nil
  ) {
    let repeatsSecret = holdsSecretText(response.outputs)
    emitEnd(address, .failed, code: code ?? HTTPStatus.name(response.statusCode)) { event in
      event.outputs = response.outputs
      event.secrecy.outputPointers = response.secretPointers
      event.secrecy.outputs = event.secrecy.outputs || repeatsSecret
      event.error = event.secrecy.outputs ? Self.withoutDetails(failure.json) : failure.json
      event.attempt = Attempt(result, statusCode: response.statusCode, error: event.error)
    }
  }

  private mutating func poll(
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response,
    _ location: String
  ) {
    let delay = response.retryAfter ?? .seconds(20)
    emit(
      .attemptEnded(
        RunEvent.AttemptEnded(
          address: address,
          attempt: Attempt(result, statusCode: response.statusCode, error: nil),
          next: now + min(delay, Self.longestDelay),
          pollLocation: location
        )
      )
    )
  }

  /// No service can put a run to sleep for longer than this.
  private static let longestDelay = Duration.seconds(90 * 86_400)

  /// Plans a retry if the policy has one left; a longer `Retry-After` wins over the policy.
  ///
  /// Once a request was accepted, the question for its result is repeated and not the request.
  private mutating func retry(
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ result: AttemptResult,
    error: ActionFailure,
    response: AttemptResult.Response?
  ) -> Bool {
    let retries = (state.instances[address]?.attempts.count ?? 0) + 1
    guard
      let delay = action.retryPolicy.delay(beforeRetry: retries, fraction: random.fraction())
    else { return false }
    let hidesError =
      action.secureOutputs || response.map { holdsSecretText($0.outputs) } ?? false
    let shown = hidesError ? Self.withoutDetails(error.json) : error.json
    let wait = min(max(delay, response?.retryAfter ?? .zero), Self.longestDelay)
    emit(
      .attemptEnded(
        RunEvent.AttemptEnded(
          address: address,
          attempt: Attempt(result, statusCode: response?.statusCode, error: shown),
          next: now + wait,
          pollLocation: state.instances[address]?.pollLocation
        )
      )
    )
    return true
  }

  // MARK: Time

  mutating func woke(_ address: ActionAddress) {
    guard let instance = state.instances[address], instance.status == .waiting,
      let due = instance.due, now >= due,
      isOutstanding(Effect.Key(address, .attempt, attempt: 1))
    else { return }
    emitEnd(address, .succeeded, code: "OK")
  }

  /// Source: workflow language reference, section f.6.
  mutating func deadlinePassed(_ address: ActionAddress) {
    let key = Effect.Key(address, .deadline)
    guard let instance = state.instances[address], !instance.status.isTerminal,
      state.outstanding.contains(where: { $0.key == key && $0.due.map { $0 <= now } ?? false })
    else { return }
    let action = state.plan.actions[address.action]
    emitEnd(address, .timedOut, code: "ActionTimedOut") { event in
      event.error = ActionFailure.timedOut(action.name).json
    }
  }
}

extension ActionFailure {
  /// The error of a response that is no success: the service's own words when it has some.
  static func refused(_ status: Int, _ outputs: JSON) -> ActionFailure {
    let body = outputs["body"]
    let stated = body?["error"]?.objectValue ?? body?.objectValue
    if let code = stated?["code"]?.stringValue, let message = stated?["message"]?.stringValue {
      return ActionFailure(code: code, message: message)
    }
    return ActionFailure(
      code: HTTPStatus.name(status),
      message: "The service answered with status \(status)."
    )
  }
}
