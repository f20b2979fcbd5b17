import Engine
import Seams

/// Encodes events for the journal and seals those that hold something secret.
struct JournalCoding {
  let run: RunID
  let vault: any Vault

  private var purpose: String { SealPurpose.journal(of: run) }

  func entry(_ event: RunEvent, _ plan: Plan) throws(VaultFailure) -> JournalEntry {
    let bytes = RunEventCoding.encode(event, plan: plan)
    let isSecret = RunEventCoding.isSecret(event)
    return JournalEntry(
      kind: RunEventCoding.kind(of: event),
      time: RunEventCoding.time(of: event),
      data: isSecret ? try vault.seal(bytes, for: purpose) : bytes,
      isSealed: isSecret
    )
  }

  /// The fold of a journal.
  ///
  /// - Throws: `RuntimeFailure.vault` when an entry cannot be opened, `unreadable` when an entry is
  ///   of no known form.
  func fold(_ journal: [JournalEntry], _ plan: Plan) throws(RuntimeFailure) -> RunState {
    var state = RunState(plan: plan)
    for entry in journal { state.apply(try event(entry, number: state.version + 1, plan)) }
    return state
  }

  /// What an entry tells.
  ///
  /// - Throws: As `fold`.
  func event(_ entry: JournalEntry, number: Int, _ plan: Plan) throws(RuntimeFailure) -> RunEvent {
    let bytes = try bytes(of: entry)
    guard let event = RunEventCoding.decode(kind: entry.kind, bytes: bytes, plan: plan) else {
      throw .unreadable(run, "entry \(number) of kind '\(entry.kind)' is not readable")
    }
    return event
  }

  private func bytes(of entry: JournalEntry) throws(RuntimeFailure) -> [UInt8] {
    guard entry.isSealed else { return entry.data }
    do throws(VaultFailure) {
      return try vault.open(entry.data, for: purpose)
    } catch {
      throw .vault(error)
    }
  }
}
