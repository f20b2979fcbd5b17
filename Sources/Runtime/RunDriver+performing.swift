import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

extension RunDriver {
  func launchEffects() {
    guard !isDraining else { return }
    let new = state.outstanding.filter { tasks[$0.key] == nil }
    // Of several none is handed on, so that they begin in their order.
    if new.count == 1, new[0].due == nil, next == nil, let decider {
      tasks[new[0].key] = decider
      next = new[0]
    } else {
      for effect in new { launch(effect) }
    }
    guard tasks.count > state.outstanding.count else { return }
    for key in unwantedKeys() {
      let task = tasks.removeValue(forKey: key)
      if done.remove(key) == nil { task?.cancel() }
    }
  }

  private func launch(_ effect: Effect) {
    tasks[effect.key] = environment.spawn {
      var next: Effect? = effect
      while let effect = next, !Task.isCancelled { next = await self.perform(effect) }
    }
  }

  /// Gives what the deciding task would go on with a task of its own, because it goes on deciding.
  func launchNext() {
    guard let effect = next.take() else { return }
    launch(effect)
  }

  /// Of tasks whose effects are not outstanding any more, in the order of the flow.
  private func unwantedKeys() -> [Effect.Key] {
    let outstanding = state.outstanding
    // A set costs more than it saves where few are outstanding.
    guard outstanding.count > 8 else {
      return tasks.keys.filter { key in !outstanding.contains { $0.key == key } }.sorted()
    }
    let wanted = Set(outstanding.map(\.key))
    return tasks.keys.filter { !wanted.contains($0) }.sorted()
  }

  /// Does what an effect asks for, and returns the one that its task goes on with.
  private func perform(_ effect: Effect) async -> Effect? {
    if let due = effect.due {
      asleep.insert(effect.key)
      defer { asleep.remove(effect.key) }
      do { try await environment.clock.sleep(until: due) } catch { return nil }
    }
    guard !isDraining else { return nil }
    activityCount += 1
    defer {
      activityCount -= 1
      concludeDraining()
    }
    let address = effect.key.address
    switch effect.kind {
    case .wake:
      let input = effect.key.purpose == .deadline ? RunInput.deadline(address) : .woke(address)
      return await post(input, after: effect.key)
    case .send(let inputs, let pollLocation):
      return await attempt(effect, request(effect, inputs, pollLocation))
    case .call(let inputs): return await attempt(effect, request(effect, inputs, nil))
    case .awaitCallback: return nil
    case .unsubscribe(let inputs, let location):
      return await unsubscribe(effect, inputs, location)
    }
  }

  private func unsubscribe(_ effect: Effect, _ inputs: JSON?, _ location: String?) async -> Effect?
  {
    let address = effect.key.address
    let subscribed = state.instances[address]?.inputs ?? .null
    var request = request(effect, inputs ?? subscribed, location)
    request.purpose = inputs == nil ? .unsubscription : .call
    let result = await performer.perform(request)
    return await post(.unsubscribed(address, result), after: effect.key)
  }

  private func attempt(_ effect: Effect, _ request: ActionRequest) async -> Effect? {
    let result = await performer.perform(request)
    guard !Task.isCancelled else { return nil }
    return await post(.attemptFinished(request.address, result), after: effect.key)
  }

  /// Takes in what an effect came to.
  private func post(_ input: RunInput, after key: Effect.Key) async -> Effect? {
    done.insert(key)
    inbox.append(input)
    guard !isPumping else { return nil }
    decider = tasks[key]
    await pump()
    decider = nil
    return next.take()
  }

  @inline(never)
  func request(_ effect: Effect, _ inputs: JSON, _ pollLocation: String?) -> ActionRequest {
    var request = ActionRequest(
      run: run,
      flow: record.flow,
      address: effect.key.address,
      action: state.plan.actions[effect.key.address.action],
      idempotencyKey: String(joining: run.text, "/", state.plan.spelled(effect.key.address)),
      attempt: effect.key.attempt,
      inputs: inputs,
      pollLocation: pollLocation
    )
    request.isSecret = state.instances[effect.key.address]?.secrecy.inputs ?? false
    request.clientTrackingID = state.started?.clientTrackingID
    request.user = state.started?.user
    request.traceparent = environment.traceparent?(state, effect.key.address)
    request.connections = state.started?.connections ?? [:]
    if case .webhook = request.action.step {
      request.callbackURL = environment.callbackURL(run.text, request.address)
    }
    request.firstSent = { [weak self] in await self?.firstSent(effect.key.address) }
    return request
  }

  func finish() {
    for key in tasks.keys.sorted() where !done.contains(key) { tasks[key]?.cancel() }
    tasks.removeAll()
    done.removeAll()
    next = nil
    for waiter in waiters { waiter.resume() }
    waiters.removeAll()
    for caller in callers.sorted(by: { $0.key < $1.key }) { caller.value.resume() }
    callers.removeAll()
    live.leave(self, departure)
  }

  private var departure: LiveRuns.Departure {
    if let failure { return .failed(failure) }
    // Its time may have come while a slow disk wrote that it is left.
    return isEnded ? .over : .left(until: state.nextWake(after: .distantPast))
  }

  func answerCallers() {
    isAnswered = true
    for caller in callers.sorted(by: { $0.key < $1.key }) { caller.value.resume() }
    callers.removeAll()
  }
}
