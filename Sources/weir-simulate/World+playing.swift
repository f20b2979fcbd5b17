import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

/// How a scenario is played.
extension World {
  /// Plays the scenario and returns what was violated.
  func play() -> [Violation] {
    do {
      try executor.run { [self] in await playThrough() }
      try executor.settle()
    } catch {
      ledger.report(Violation(.stalled, "\(error); \(unfinished)"))
    }
    return ledger.violations
  }

  private func playThrough() async {
    for _ in 0..<scenario.processCount { await start() }
    for request in scenario.requests { pendingTask { await self.place(request) } }
    for number in scenario.reports.indices { pendingTask { await self.tell(number) } }
    for pause in scenario.pauses { pendingTask { await self.pauseTrigger(pause) } }
    let faults = beginFaults()
    try? await clock.pause(for: scenario.end)
    calmDown()
    for fault in faults { fault.cancel() }
    await endTimers()
    await rest()
    if let replay = scenario.replay { await replayAll(replay) }
    await check()
    end()
    for process in processes { await kill(process, "at the end") }
  }

  private func calmDown() {
    trace.note("everything works again")
    disk.calmDown()
    service.calmDown()
  }

  /// Stops the timer, which has no end, once it caught up with what faults held back.
  ///
  /// What polls, subscribes and gathers goes on, because it comes to an end.
  private func endTimers() async {
    guard !scenario.hasActiveTriggers else { return }
    let limit = clock.elapsed + .seconds(300)
    while clock.elapsed < limit, await isTimerLate { try? await clock.pause(for: .seconds(1)) }
    stopTimers()
  }

  private var isTimerLate: Bool {
    get async {
      guard let timer = scenario.timer else { return false }
      guard let row = try? await auditor.trigger("t", of: timer.flow) else { return true }
      return row.due.map { $0 <= clock.now() } ?? false
    }
  }

  func pendingTask(_ body: @escaping @Sendable () async -> Void) {
    pend(1)
    spawn {
      await body()
      self.pend(-1)
    }
  }

  // MARK: Processes

  /// Starts a process, and another one when that fails, until one works.
  func start() async {
    while !isOver {
      let number = nextNumber()
      do {
        let process = try await SimulatedProcess(self, number: number)
        trace.note("process \(number) started")
        add(process)
        return
      } catch {
        trace.note("process \(number) did not start: \(error)")
        clock.end(number)
        try? await clock.pause(for: .seconds(1))
      }
    }
  }

  /// Ends a process at once; another one starts in a while.
  func kill(_ process: SimulatedProcess, _ why: String) async {
    guard process.life.end() else { return }
    trace.note("process \(process.number) dies \(why)")
    remove(process)
    await process.environment.store.close()
    // What is left of it in memory comes to its end; none of it reaches the world any more.
    spawn { await process.roster.stop(by: .distantPast) }
    guard !isOver else { return }
    spawn {
      try? await self.clock.pause(for: self.scenario.restart)
      await self.start()
    }
  }

  // MARK: Faults

  private func beginFaults() -> [Task<Void, Never>] {
    let kills = scenario.kills.map { time in
      after(time) { world in
        if let process = world.anyProcess { await world.kill(process, "by a signal") }
      }
    }
    let stops = scenario.stops.map { time in
      after(time) { world in
        guard let process = world.anyProcess else { return }
        world.trace.note("process \(process.number) is asked to stop")
        await process.stop()
        await world.kill(process, "as it was asked to")
      }
    }
    let steps = scenario.steps.map { step in after(step.time) { $0.step(by: step.by) } }
    let cancellations = scenario.cancellations.map { time in after(time) { await $0.cancel() } }
    return kills + stops + steps + cancellations
  }

  private func after(_ time: Duration, _ body: @escaping @Sendable (World) async -> Void)
    -> Task<Void, Never>
  {
    spawn {
      guard (try? await self.clock.pause(for: time)) != nil else { return }
      await body(self)
    }
  }

  var anyProcess: SimulatedProcess? {
    let living = processes
    return living.isEmpty ? nil : people.pick(living)
  }

  private func cancel() async {
    let open = ledger.runs.filter { !$0.state.status.isTerminal }
    guard !open.isEmpty, let process = anyProcess else { return }
    let run = people.pick(open).record.id
    trace.note("\(run) is cancelled")
    let roster = process.roster
    let race = Race<Void>()
    process.life.atEnd { race.settle(()) }
    spawn {
      try? await roster.deliver(.cancel, to: run)
      race.settle(())
    }
    await race.value()
  }

  // MARK: People

  /// Sends a message until somebody has taken it in.
  private func place(_ request: Scenario.Request) async {
    try? await clock.pause(for: request.time)
    for copy in 1..<max(1, request.copies) {
      spawn { _ = await self.send(request, copy) }
    }
    for _ in 1...200 {
      if await send(request, 0) { return }
      try? await clock.pause(for: .seconds(3))
    }
    ledger.report(Violation(.unstarted, "nobody takes in the message '\(request.key)'"))
  }

  private func send(_ message: Scenario.Request, _ copy: Int) async -> Bool {
    guard let process = anyProcess, let url = try? await process.address(of: message.flow),
      var request = HTTPRequest(method: "POST", url: url)
    else { return false }
    request.headers["Idempotency-Key"] = message.key
    request.headers["Content-Type"] = "application/json"
    request.body = message.body.bytes
    let response = await process.receive(request, self)
    trace.note("'\(message.key)' (\(copy)) to process \(process.number): \(response?.status ?? 0)")
    guard let response else { return false }
    if message.flow == "asked" { hear(response, to: message) }
    return response.isSuccess || message.flow == "asked" && Self.endsAsking(response)
  }

  /// What the service does some time after a subscription: it reports, now and then twice.
  func callBack(_ url: String) {
    let copies = people.chance(0.2) ? 2 : 1
    for _ in 0..<copies {
      let delay = people.time(people.pick([.milliseconds(5), .seconds(20)]))
      pendingTask { await self.report(to: url, after: delay) }
    }
  }

  private func report(to url: String, after delay: Duration) async {
    try? await clock.pause(for: delay)
    for _ in 1...100 where !isOver {
      if let process = anyProcess, var request = HTTPRequest(method: "POST", url: url) {
        request.headers["Content-Type"] = "application/json"
        request.body = Array(#"{"id": 1}"#.utf8)
        let response = await process.receive(request, self)
        trace.note("reported to \(request.path): \(response?.status ?? 0)")
        if let response, response.isSuccess || [404, 410].contains(response.status) { return }
      }
      try? await clock.pause(for: .seconds(5))
    }
  }

  // MARK: Coming to rest

  /// Waits until every run has ended and everybody has an answer.
  func rest() async {
    var pause = Duration.seconds(2)
    let limit = clock.elapsed + .seconds(3 * 86_400)
    while clock.elapsed < limit {
      if pending == 0, ledger.isAtRest, await !hasWaitingFires, await !expectsMore { return }
      try? await clock.pause(for: pause)
      pause = min(pause * 2, .seconds(600))
    }
    ledger.report(Violation(.unended, unfinished))
  }

  private var hasWaitingFires: Bool {
    get async {
      let found = try? await auditor.waitingFires(of: nil, trigger: nil, limit: 1)
      return found.map { !$0.isEmpty } ?? false
    }
  }

  /// A process that only reads.
  var auditor: MemoryStore { MemoryStore(database, owner: OwnerID("auditor")) }

  private var unfinished: String {
    let open = ledger.runs.filter { !$0.isOver }
    let runs = open.map { run in
      let owner = run.record.owner?.text ?? "nobody"
      let effects = run.state.outstanding.map { effect in
        let due = effect.due.map { " at \($0)" } ?? ""
        return "\(run.state.plan.spelled(effect.key.address)) \(effect.key.purpose)\(due)"
      }
      return "\(run.record.id) (\(run.record.status), held by \(owner), \(effects))"
    }
    return """
      not ended: \(runs.joined(separator: ", ")); \(pending) messages and reports are pending; \
      \(services.unfinished); now \(clock.now())
      """
  }
}
