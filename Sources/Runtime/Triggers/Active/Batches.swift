import Definitions
import Diagnostics
package import Engine
package import OrderedJSON
import Seams
import Timekeeping

/// Gathers messages for batch triggers and releases them.
///
/// A message is durable before its sender goes on. What is released leaves the partition in the
/// transaction that starts the run.
///
/// Source: workflow language reference, section e.6.
package actor Batches {
  private let environment: Environment
  private var served: Served?
  private var held: [TriggerName: Held] = [:]

  /// How much the partitions of a trigger hold.
  private struct Held {
    var partitions: [Partition: (count: Int, size: Int)] = [:]
    var isReleasing = false
    /// Whether something may have become full since the store was read.
    var isWanted = false
    /// Batches whose time has come.
    var due: Set<String> = []
  }

  private struct Partition: Hashable {
    var batch: String
    var name: String
  }

  /// The flows whose triggers gather, and where released messages go.
  private struct Served {
    var catalog: FlowCatalog
    var intake: any TriggerIntake
  }

  package init(environment: Environment) { self.environment = environment }

  /// Lets messages in; until then they are refused, because nobody would release them.
  package func open(catalog: FlowCatalog, intake: any TriggerIntake) {
    served = Served(catalog: catalog, intake: intake)
  }

  /// A message on its way to a batch.
  package struct Message: Sendable {
    package var flow: String
    package var trigger: String?
    package var batch: String
    package var partition: String
    package var id: String
    package var content: JSON
    /// Names the step that sends it, which may be repeated after a crash.
    package var sender: String?

    /// `trigger` may be left out when the flow has one with such a batch.
    package init(
      flow: String,
      trigger: String?,
      batch: String,
      partition: String,
      id: String,
      content: JSON,
      sender: String? = nil
    ) {
      self.flow = flow
      self.trigger = trigger
      self.batch = batch
      self.partition = partition
      self.id = id
      self.content = content
      self.sender = sender
    }
  }

  /// Adds a message, and releases its partition when it is full.
  ///
  /// - Throws: `ActionFailure` when there is no such batch or the store fails.
  package func add(_ message: Message) async throws(ActionFailure) {
    let (flow, trigger, criteria) = try target(of: message)
    let document: JSON = ["content": message.content, "messageId": .string(message.id)]
    let bytes = document.bytes
    do {
      let sealed = try environment.vault.seal(
        bytes,
        for: SealPurpose.messages(of: trigger.name, flow: flow.name)
      )
      try await environment.store.addMessages([
        BatchMessage(
          flow: flow.name,
          trigger: trigger.name,
          batch: message.batch,
          partition: message.partition,
          id: message.id,
          arrived: environment.clock.now(),
          sealed: sealed,
          sender: message.sender
        )
      ])
    } catch {
      throw ActionFailure(code: "BadGateway", message: "The message could not be kept: \(error)")
    }
    let name = TriggerName(flow: flow.name, trigger: trigger.name)
    let partition = Partition(batch: message.batch, name: message.partition)
    // Until it was counted the store is asked; it knows this message, too.
    guard var known = held[name] else {
      begin(flow, trigger)
      return
    }
    let sum = known.partitions[partition] ?? (0, 0)
    known.partitions[partition] = (sum.count + 1, sum.size + bytes.count)
    held[name] = known
    let now = known.partitions[partition] ?? (0, 0)
    if criteria.areMet(count: now.count, size: now.size) { begin(flow, trigger) }
  }

  private func target(of message: Message) throws(ActionFailure)
    -> (ServedFlow, FlowTrigger, ReleaseCriteria)
  {
    guard let served else {
      throw ActionFailure(
        code: "BatchNotServed",
        message: "Batches are gathered by a server; start one with 'weir server start'."
      )
    }
    guard let flow = served.catalog.flow(message.flow), flow.isEnabled else {
      throw ActionFailure(
        code: "WorkflowNotFound",
        message: "There is no flow '\(message.flow)' that is served and enabled."
      )
    }
    for trigger in flow.triggers where trigger.type.lowercased() == "batch" {
      if let wanted = message.trigger, wanted.lowercased() != trigger.name.lowercased() { continue }
      let batches = ReleaseCriteria.batches(of: trigger)
      if let found = batches.first(where: { $0.name == message.batch }) {
        return (flow, trigger, found.criteria)
      }
    }
    throw ActionFailure(
      code: "BatchNotFound",
      message: "The flow '\(flow.name)' has no batch trigger with a batch '\(message.batch)'."
    )
  }

  // MARK: Releasing

  private func begin(_ flow: ServedFlow, _ trigger: FlowTrigger) {
    _ = environment.spawn {
      do throws(RuntimeFailure) { try await self.release(flow, trigger, all: []) } catch {
        self.environment.log.write(
          .error,
          "batch.delayed",
          [("flow", flow.name), ("trigger", trigger.name), ("why", "\(error)")]
        )
      }
    }
  }

  /// Releases partitions that are full, and all of the batches of these names.
  private func release(_ flow: ServedFlow, _ trigger: FlowTrigger, all names: Set<String>)
    async throws(RuntimeFailure)
  {
    let name = TriggerName(flow: flow.name, trigger: trigger.name)
    held[name, default: Held()].due.formUnion(names)
    held[name]?.isWanted = true
    guard held[name]?.isReleasing == false else { return }
    held[name]?.isReleasing = true
    do throws(RuntimeFailure) {
      while held[name]?.isWanted == true {
        held[name]?.isWanted = false
        if try await releaseOnce(name, flow, trigger) { held[name]?.isWanted = true }
      }
      held[name]?.isReleasing = false
    } catch {
      // The next message lets the store be read again.
      held[name] = nil
      throw error
    }
  }

  /// Reads what is gathered and starts runs for what is due; whether it started any.
  private func releaseOnce(_ name: TriggerName, _ flow: ServedFlow, _ trigger: FlowTrigger)
    async throws(RuntimeFailure) -> Bool
  {
    let due = held[name]?.due ?? []
    // What arrives from here on is counted beside what is read.
    held[name]?.partitions = [:]
    let messages = try await stored(trigger.name, flow.name)
    let groups = Dictionary(grouping: messages) { Partition(batch: $0.batch, name: $0.partition) }
    let batches = ReleaseCriteria.batches(of: trigger)
    var hasStarted = false
    for (partition, group) in groups.sorted(by: { $0.value[0].key < $1.value[0].key }) {
      guard let batch = batches.first(where: { $0.name == partition.batch }) else { continue }
      let sizes = group.map(\.sealed.count)
      let size = sizes.reduce(0, +)
      guard due.contains(partition.batch) || batch.criteria.areMet(count: group.count, size: size)
      else {
        let sum = held[name]?.partitions[partition] ?? (0, 0)
        held[name]?.partitions[partition] = (sum.count + group.count, sum.size + size)
        continue
      }
      let released = group.prefix(batch.criteria.releasedCount(sizes))
      if try await start(Array(released), flow, trigger) { hasStarted = true }
    }
    if !hasStarted { held[name]?.due.subtract(due) }
    return hasStarted
  }

  private func stored(_ trigger: String, _ flow: String) async throws(RuntimeFailure)
    -> [BatchMessage]
  {
    do throws(StoreFailure) {
      return try await environment.store.messages(
        of: trigger,
        of: flow,
        limit: ReleaseCriteria.largestCount
      )
    } catch {
      throw .store(error)
    }
  }

  /// Starts the run of released messages; `false` when the trigger cannot take it now.
  private func start(_ messages: [BatchMessage], _ flow: ServedFlow, _ trigger: FlowTrigger)
    async throws(RuntimeFailure) -> Bool
  {
    guard let served, let first = messages.first, let last = messages.last else { return false }
    let purpose = SealPurpose.messages(of: trigger.name, flow: flow.name)
    let items = messages.compactMap { message in
      (try? environment.vault.open(message.sealed, for: purpose)).flatMap { try? JSON(parsing: $0) }
    }
    let body: JSON = [
      "batchName": .string(first.batch), "partitionName": .string(first.partition),
      "items": .array(items),
    ]
    let occurrence = TriggerOccurrence(
      flow: flow,
      trigger: trigger,
      identity: "batch-\(first.key)-\(last.key)",
      intended: environment.clock.now(),
      outputs: ["body": body],
      releasedMessages: messages.map(\.key)
    )
    switch try await served.intake.take(occurrence) {
    case .full: return false
    case .duplicate:
      do throws(StoreFailure) {
        try await environment.store.deleteMessages(messages.map(\.key))
      } catch {
        throw .store(error)
      }
      return true
    case .started, .waiting, .skipped, .failed: return true
    }
  }

  // MARK: Rounds

  /// Looks at a trigger when it is enabled, after a restart, and when a recurrence says so.
  func look(_ round: TriggerRound) async throws(RuntimeFailure) -> Timestamp {
    let now = environment.clock.now()
    var due = now + .seconds(3600)
    var dueNames: Set<String> = []
    for (name, criteria) in ReleaseCriteria.batches(of: round.trigger) {
      guard let recurrence = criteria.recurrence,
        let series = RecurrenceSeries(recurrence, enabled: round.row.enabled)
      else { continue }
      if let time = series.next(after: round.row.last ?? round.row.enabled), time <= now {
        dueNames.insert(name)
      }
      if let next = series.next(after: now) { due = min(due, next) }
    }
    try await release(round.flow, round.trigger, all: dueNames)
    var row = round.row
    row.due = due
    row.last = now
    try await round.save(row)
    return due
  }
}
