import Definitions
import HTTPMessages
import OrderedJSON
import Timekeeping

extension Decision {
  /// Ends the action, or plans its next attempt or poll.
  mutating func attemptFinished(_ address: ActionAddress, _ result: AttemptResult) {
    guard let instance = state.instances[address], !instance.status.isTerminal,
      state.outstanding.contains(where: { effect in
        effect.key.address == address && effect.key.attempt == result.number
          && !effect.key.isDeadline
      })
    else { return }
    let action = state.plan.actions[address.action]
    switch result.outcome {
    case .response(let response): responded(action, address, result, response)
    case .failure(let code, let message, let isTransient):
      let failure = ActionFailure(code: code, message: message)
      let attempt = attempt(result, error: failure)
      if isTransient, retry(action, address, attempt, retryAfter: nil) { return }
      emitEnd(address, .failed, code: code) { event in
        event.error = failure.json
        event.attempt = attempt
      }
    }
  }

  private func attempt(_ result: AttemptResult, statusCode: Int? = nil, error: ActionFailure?)
    -> Attempt
  {
    Attempt(
      number: result.number,
      startTime: result.startTime,
      endTime: result.endTime,
      statusCode: statusCode,
      error: error?.json,
      waitedForThrottle: result.waitedForThrottle
    )
  }

  private mutating func responded(
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ result: AttemptResult,
    _ response: AttemptResult.Response
  ) {
    let status = response.statusCode
    let isSuccess = (200..<300).contains(status)
    let failure = isSuccess ? nil : ActionFailure.refused(status, response.outputs)
    let attempt = attempt(result, statusCode: status, error: failure)
    if status == 202, let location = response.pollLocation,
      !action.operationOptions.contains("disableasyncpattern")
    {
      poll(address, attempt, location, after: response.retryAfter ?? .seconds(20))
      return
    }
    if RetryRule.isRetryable(statusCode: status),
      retry(action, address, attempt, retryAfter: response.retryAfter)
    {
      return
    }
    // An answer that repeats a secret from elsewhere is secret as a whole.
    let repeatsSecret = holdsSecretText(response.outputs)
    emitEnd(address, isSuccess ? .succeeded : .failed, code: HTTPStatus.name(status)) { event in
      event.outputs = response.outputs
      event.error = failure?.json
      event.attempt = attempt
      event.secrecy.outputPointers = response.secretPointers
      event.secrecy.outputs = event.secrecy.outputs || repeatsSecret
    }
  }

  private mutating func poll(
    _ address: ActionAddress,
    _ attempt: Attempt,
    _ location: String,
    after delay: Duration
  ) {
    emit(
      .attemptEnded(
        RunEvent.AttemptEnded(
          address: address,
          attempt: attempt,
          next: now + delay,
          pollLocation: location
        )
      )
    )
  }

  /// Plans a retry if the policy has one left; a longer `Retry-After` wins over the policy.
  private mutating func retry(
    _ action: PlannedAction,
    _ address: ActionAddress,
    _ attempt: Attempt,
    retryAfter: Duration?
  ) -> Bool {
    let retries = (state.instances[address]?.attempts.count ?? 0) + 1
    guard
      let delay = action.retryPolicy.delay(beforeRetry: retries, fraction: random.fraction())
    else { return false }
    emit(
      .attemptEnded(
        RunEvent.AttemptEnded(
          address: address,
          attempt: attempt,
          next: now + max(delay, retryAfter ?? .zero),
          pollLocation: nil
        )
      )
    )
    return true
  }

  // MARK: Time

  mutating func woke(_ address: ActionAddress) {
    guard let instance = state.instances[address], instance.status == .waiting,
      let due = instance.due, now >= due
    else { return }
    emitEnd(address, .succeeded, code: "OK")
  }

  /// Source: workflow language reference, section f.6.
  mutating func deadlinePassed(_ address: ActionAddress) {
    guard let instance = state.instances[address], !instance.status.isTerminal else { return }
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
