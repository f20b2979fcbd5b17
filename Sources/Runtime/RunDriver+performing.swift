import Engine
import OrderedJSON
import Seams
import Timekeeping

extension RunDriver {
  func launchEffects() {
    guard !isDraining else { return }
    for effect in state.outstanding where tasks[effect.key] == nil {
      tasks[effect.key] = environment.spawn { await self.perform(effect) }
    }
    guard tasks.count > state.outstanding.count else { return }
    let wanted = Set(state.outstanding.map(\.key))
    for key in tasks.keys.filter({ !wanted.contains($0) }).sorted() {
      let task = tasks.removeValue(forKey: key)
      if done.remove(key) == nil { task?.cancel() }
    }
  }

  func perform(_ effect: Effect) async {
    if let due = effect.due {
      asleep.insert(effect.key)
      defer { asleep.remove(effect.key) }
      do { try await environment.clock.sleep(until: due) } catch { return }
    }
    guard !isDraining else { return }
    activityCount += 1
    defer {
      activityCount -= 1
      concludeDraining()
    }
    let address = effect.key.address
    switch effect.kind {
    case .wake:
      done.insert(effect.key)
      await post(effect.key.purpose == .deadline ? .deadline(address) : .woke(address))
    case .send(let inputs, let pollLocation):
      await attempt(effect, request(effect, inputs, pollLocation))
    case .call(let inputs): await attempt(effect, request(effect, inputs, nil))
    case .awaitCallback: break
    case .unsubscribe(let inputs, let location): await unsubscribe(effect, inputs, location)
    }
  }

  private func unsubscribe(_ effect: Effect, _ inputs: JSON?, _ location: String?) async {
    let address = effect.key.address
    let subscribed = state.instances[address]?.inputs ?? .null
    var request = request(effect, inputs ?? subscribed, location)
    request.purpose = inputs == nil ? .unsubscription : .call
    let result = await performer.perform(request)
    done.insert(effect.key)
    await post(.unsubscribed(address, result))
  }

  func attempt(_ effect: Effect, _ request: ActionRequest) async {
    let result = await performer.perform(request)
    guard !Task.isCancelled else { return }
    done.insert(effect.key)
    await post(.attemptFinished(request.address, result))
  }

  @inline(never)
  func request(_ effect: Effect, _ inputs: JSON, _ pollLocation: String?) -> ActionRequest {
    var request = ActionRequest(
      run: run,
      flow: record.flow,
      address: effect.key.address,
      action: state.plan.actions[effect.key.address.action],
      idempotencyKey: "\(run)/\(state.plan.spelled(effect.key.address))",
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
    for waiter in waiters { waiter.resume() }
    waiters.removeAll()
    for caller in callers.sorted(by: { $0.key < $1.key }) { caller.value.resume() }
    callers.removeAll()
    live.leave(self, departure)
  }

  private var departure: LiveRuns.Departure {
    if let failure { return .failed(failure) }
    // Its time may have come while a slow disk wrote that it is left.
    return state.isOver ? .over : .left(until: state.nextWake(after: .distantPast))
  }

  func answerCallers() {
    isAnswered = true
    for caller in callers.sorted(by: { $0.key < $1.key }) { caller.value.resume() }
    callers.removeAll()
  }
}
