import Definitions
import Diagnostics
package import Engine
import OrderedJSON
package import Seams

/// Replays runs: decides what an earlier run hands on, says what would be sent, starts the new run.
///
/// The earlier run is never changed.
///
/// Source: workflow language reference, section f.10.
package struct RunReplay: Sendable {
  private let worker: Worker
  private let connections: Connections
  private let latest: @Sendable (String) async throws(RuntimeFailure) -> PreparedFlow

  /// `latest` brings the version of a flow that is in force.
  package init(
    worker: Worker,
    connections: Connections,
    latest: @escaping @Sendable (String) async throws(RuntimeFailure) -> PreparedFlow
  ) {
    self.worker = worker
    self.connections = connections
    self.latest = latest
  }

  /// Decides a replay without beginning it, and says what it sends.
  ///
  /// - Throws: `RuntimeFailure.unknownRun`; `invalid` with R0001 when the run has not ended, R0002
  ///   when it has no such action, K0101 when a connection is not there, and what is wrong with the
  ///   latest version of the flow; `unreadable`, `store` or `vault`.
  package func prepare(_ run: RunID, _ order: ResubmissionOrder)
    async throws(RuntimeFailure) -> PreparedReplay
  {
    var (prepared, parent) = try await decided(run, order)
    prepared.calls = await calls(prepared.replay, prepared.flow.plan, parent)
    return prepared
  }

  /// Decides a replay that is begun whatever it sends.
  ///
  /// - Throws: As `prepare`.
  func decide(_ run: RunID, _ order: ResubmissionOrder)
    async throws(RuntimeFailure) -> PreparedReplay
  {
    try await decided(run, order).prepared
  }

  private func decided(_ run: RunID, _ order: ResubmissionOrder)
    async throws(RuntimeFailure) -> (prepared: PreparedReplay, parent: RunState)
  {
    let record = try await worker.record(run)
    guard record.status.isTerminal else { throw .invalid([.runNotEnded(run)]) }
    let state = try await worker.state(of: record)
    guard let started = state.started else { throw .unreadable(run, "it has no beginning") }
    try await checkConnections(order)
    let original = try await worker.storedPlan(of: record)
    let flow = try await flow(order, record, original, state, started)
    let replay = Replay(
      of: state,
      on: flow.plan,
      from: try start(order.mode, flow.plan, run),
      changed: changed(from: original, to: flow, started, order)
    )
    let prepared = PreparedReplay(
      parent: record,
      order: order,
      flow: flow,
      trigger: trigger(started, order),
      replay: replay
    )
    return (prepared, state)
  }

  /// Begins a replay; the new run is durable when this returns.
  ///
  /// It carries out `intention`, which makes sure that it is begun once. It uses connections on behalf of `user`; `nil` means
  /// that of this process. When it `isDetached`, whoever takes it over begins its actions.
  ///
  /// - Throws: `RuntimeFailure` when the run cannot be stored.
  package func start(
    _ prepared: PreparedReplay,
    intention: IntendedReplay? = nil,
    for user: String? = nil,
    isDetached: Bool = false,
    observer: (@Sendable (RunEvent, RunState) -> Void)? = nil
  ) async throws(RuntimeFailure) -> RunDriver {
    let mode = prepared.order.mode
    let parent = RunRecord.Parent(
      run: prepared.parent.id,
      mode: mode.name,
      action: mode.actionNames
    )
    var origin = RunOrigin(parent: parent, isDetached: isDetached, intention: intention)
    origin.seed = ReplaySeed(
      run: prepared.parent.id,
      results: prepared.replay.results,
      connections: Dictionary(
        prepared.order.connections.map { ($0.key.lowercased(), $0.value) },
        uniquingKeysWith: { first, _ in first }
      ),
      isSecret: prepared.trigger.isSecret
    )
    var trigger = prepared.trigger
    trigger.user = user
    return try await worker.start(
      prepared.flow,
      trigger: trigger,
      origin: origin,
      observer: observer
    )
  }

  // MARK: Parts

  private func checkConnections(_ order: ResubmissionOrder) async throws(RuntimeFailure) {
    for name in order.connections.values.sorted() {
      do throws(Diagnostic) {
        _ = try await connections.unsigned(name)
      } catch {
        throw .invalid([error])
      }
    }
  }

  private func flow(
    _ order: ResubmissionOrder,
    _ record: RunRecord,
    _ original: StoredPlan,
    _ state: RunState,
    _ started: RunEvent.RunStarted
  ) async throws(RuntimeFailure) -> PreparedFlow {
    guard order.definition == .latest else {
      return PreparedFlow(plan: state.plan, stored: original, parameters: started.parameters)
    }
    return try await latest(record.flow)
  }

  private func trigger(_ started: RunEvent.RunStarted, _ order: ResubmissionOrder) -> TriggerEvent {
    var outputs = started.trigger["outputs"] ?? [:]
    if let input = order.input {
      var object = outputs.objectValue ?? JSONObject()
      object["body"] = input
      outputs = .object(object)
    }
    return TriggerEvent(
      name: started.triggerName,
      type: started.triggerType,
      inputs: started.trigger["inputs"],
      outputs: outputs,
      isSecret: started.isSecret
    )
  }

  private func changed(
    from original: StoredPlan,
    to flow: PreparedFlow,
    _ started: RunEvent.RunStarted,
    _ order: ResubmissionOrder
  ) -> Set<Int> {
    // A replay of everything keeps nothing; the original with the original input is the same.
    let isSame = order.definition == .original && order.input == nil
    guard order.mode != .whole, !isSame else { return [] }
    let old = (try? JSON(parsing: original.document))?["definition"] ?? [:]
    let new = (try? JSON(parsing: flow.stored.document))?["definition"] ?? [:]
    let names = flow.parameters.keys.filter { name in
      started.parameters.value(ignoringCaseOf: name) != flow.parameters[name]
    }
    let difference = PlanDifference(
      from: old,
      to: new,
      parameters: Set(names),
      triggerChanged: order.input != nil
    )
    return difference.changed(in: flow.plan)
  }

  private func start(_ mode: ResubmissionOrder.Mode, _ plan: Plan, _ run: RunID)
    throws(RuntimeFailure) -> Replay.Start
  {
    switch mode {
    case .whole: return .trigger
    case .fromFailed: return .failed
    case .fromActions(let names):
      var places: Set<Int> = []
      for name in names {
        guard let place = plan.place(ofAction: name) else {
          throw .invalid([.noSuchAction(name, of: plan)])
        }
        places.insert(place)
      }
      return .actions(places)
    }
  }

  // MARK: Calls

  private func calls(_ replay: Replay, _ plan: Plan, _ parent: RunState) async -> [RepeatedCall] {
    var calls: [RepeatedCall] = []
    for repetition in replay.repetitions {
      let action = plan.actions[repetition.address.action]
      guard action.step.isSent, action.staticResult == nil else { continue }
      let inputs = parent.plan.place(ofAction: action.name).flatMap { place in
        let indices = repetition.address.indices
        return parent.instances[ActionAddress(action: place, indices: indices)]?.inputs
      }
      let method = await method(of: action, inputs)
      let isHarmless = method.map(Self.harmlessMethods.contains) ?? false
      calls.append(
        RepeatedCall(
          action: plan.spelled(repetition.address),
          type: action.type,
          method: method,
          previous: repetition.previous,
          isChanged: repetition.isChanged,
          repeatsSideEffect: repetition.mayHaveActed && !isHarmless
        )
      )
    }
    return calls
  }

  /// Those that may be sent again without changing anything more.
  ///
  /// Source: RFC 9110 section 9.2.2.
  private static let harmlessMethods: Set<String> = [
    "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE",
  ]

  private func method(of action: PlannedAction, _ inputs: JSON?) async -> String? {
    guard let inputs else { return nil }
    let request = inputs["subscribe"] ?? inputs
    if let method = request["method"]?.stringValue { return method.uppercased() }
    guard let host = HostReference(inputs: inputs), let operation = host.operation,
      let connection = try? await connections.unsigned(host.connection)
    else { return nil }
    return connection.connector.operation(operation)?.method
  }
}

extension Step {
  /// Whether the action sends something, or starts another run.
  fileprivate var isSent: Bool {
    switch self {
    case .request, .call, .webhook: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func runNotEnded(_ run: RunID) -> Diagnostic {
    Diagnostic(
      .runNotEnded,
      "the run '\(run)' has not ended",
      hint: "'weir run wait \(run)' waits for its end, 'weir run cancel \(run)' brings it about"
    )
  }

  fileprivate static func noSuchAction(_ name: String, of plan: Plan) -> Diagnostic {
    let names = plan.actions.map(\.name)
    let nearest = NearestName.suggestion(for: name, among: names)
    return Diagnostic(
      .unknownReplayAction,
      "the flow '\(plan.flow)' has no action '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "it has \(names.joined(separator: ", "))"
    )
  }
}

extension RunReplay: RunResubmission {
  package func resubmit(_ run: RunID, inBulk bulk: String, for user: String)
    async throws(RuntimeFailure) -> RunID?
  {
    try await BulkReplay(replay: self, environment: worker.environment)
      .begin(run, of: bulk, for: user)?.run
  }

  package func resubmit(_ run: RunID, _ order: ResubmissionOrder, for user: String)
    async throws(RuntimeFailure) -> RunID
  {
    try await start(prepare(run, order), for: user).run
  }
}
