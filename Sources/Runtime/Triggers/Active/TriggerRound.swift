import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// One time that a trigger acts by itself.
struct TriggerRound: Sendable {
  let environment: Environment
  let intake: any TriggerIntake
  let performer: any ActionPerformer
  let flow: ServedFlow
  let compiled: CompiledFlow
  let rules: TriggerRules
  /// How the trigger stands when it begins.
  let row: StoredTrigger

  var trigger: FlowTrigger { rules.trigger }

  func facts(callbackURL: String? = nil) -> TriggerRules.Facts {
    TriggerRules.Facts(
      parameters: compiled.prepared.parameters,
      now: environment.clock.now(),
      seed: environment.entropy.number(),
      surroundings: Surroundings(setting: environment.setting),
      callbackURL: callbackURL
    )
  }

  // MARK: Requests

  /// A request with the trigger's evaluated inputs.
  func request(_ inputs: JSON) -> ActionRequest {
    TriggerRequest.request(
      flow: flow.name,
      trigger: trigger.name,
      type: trigger.type,
      inputs: inputs,
      isSecret: trigger.secureInputs
    )
  }

  // MARK: Time

  /// When the trigger looks next as its recurrence says.
  func next() -> Timestamp {
    let now = environment.clock.now()
    if let recurrence = RecurrenceDecoder.decode(trigger).recurrence,
      let series = RecurrenceSeries(recurrence, enabled: row.enabled),
      let next = series.next(after: now)
    {
      return next
    }
    return now + .seconds(180)
  }

  // MARK: State

  /// The row with another state and time, which is decided now.
  func advanced(_ state: JSON?, due: Timestamp) throws(RuntimeFailure) -> StoredTrigger {
    var row = row
    row.due = due
    row.last = environment.clock.now()
    row.sealed = try state.map { state throws(RuntimeFailure) in
      try TriggerSeal(environment.vault).seal(state, row)
    }
    return row
  }

  func save(_ row: StoredTrigger) async throws(RuntimeFailure) {
    do throws(StoreFailure) { try await environment.store.saveTriggers([row]) } catch {
      throw .store(error)
    }
  }

  /// Writes an entry into the history and moves the trigger on.
  func record(
    _ status: TriggerFire.Status,
    code: String,
    _ failure: ActionFailure? = nil,
    advancing row: StoredTrigger
  ) async throws(RuntimeFailure) {
    let now = environment.clock.now()
    var fire = TriggerFire(
      flow: flow.name,
      trigger: trigger.name,
      identity: identity,
      status: status,
      intended: self.row.due ?? now,
      actual: now,
      code: code
    )
    fire.error = failure?.json.text
    do throws(StoreFailure) {
      let isNew = try await environment.store.recordFire(fire, advancing: row, releasing: [])
      // The clock was set back: this time was looked at before.
      if !isNew { try await environment.store.saveTriggers([row]) }
    } catch {
      throw .store(error)
    }
  }

  /// The same as long as nothing was written of this round; another one at the same time, after the
  /// clock was set back, begins from another row.
  var identity: String {
    let time = (row.due ?? row.enabled).description
    guard let last = row.last else { return "poll-\(time)" }
    let digest = environment.digests.sha256(Array(last.description.utf8) + (row.sealed ?? []))
    return "poll-\(time)-\(Base64.encodeURL(Array(digest.prefix(6))))"
  }
}
