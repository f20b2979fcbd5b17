import Connectors
import Crypto
import Definitions
import Engine
import SQLiteStore
import Seams
import Timekeeping

/// What is known of all runs and of what they sent, and what contradicts it.
struct StepLedger {
  /// What became wrong, in words.
  private(set) var findings: [String] = []
  /// Runs of which somebody was told, or that were seen on disk; none may ever be missing.
  private(set) var known: Set<RunID> = []
  /// Runs that have not ended, as they were seen last.
  private(set) var unfinished: [RunID] = []
  /// Steps whose results were committed, by key, with the number of requests that had come by then.
  private var committed: [String: (step: String, requests: Int)] = [:]
  /// How many requests of a step there may be: one, and one for each process that died over it.
  private var allowance: [String: Int] = [:]
  private var journals: [RunID: [JournalEntry]] = [:]
  private var ended: Set<RunID> = []

  mutating func acknowledge(_ run: RunID) { known.insert(run) }

  /// Compares what is on disk now with what was there before.
  ///
  /// The sandbox has had so many `requests`, and so many processes were killed since the last time,
  /// while others may have survived them; when `isWhole`, runs that had ended before are looked at,
  /// too.
  mutating func take(
    _ snapshot: FolderSnapshot,
    requests: Int,
    deaths: Int,
    hasSurvivors: Bool = false,
    isWhole: Bool = false
  ) async throws {
    let records = try await snapshot.runs()
    for run in known.subtracting(records.map(\.id)) { findings.append("the run \(run) is lost") }
    known.formUnion(records.map(\.id))
    unfinished = records.filter { !$0.status.isTerminal }.map(\.id)
    for record in records where isWhole || !ended.contains(record.id) {
      let journal = try await snapshot.store.journal(of: record.id)
      compare(journal, of: record)
      guard let state = try await snapshot.state(record, journal) else {
        findings.append("the run \(record.id) has no readable plan")
        continue
      }
      if state.status != record.status, state.status.isTerminal || record.status.isTerminal {
        findings.append("the run \(record.id) is \(record.status), its journal \(state.status)")
      }
      note(state, of: record.id, requests, deaths, hasSurvivors)
    }
  }

  /// Looks at what started runs: each event one run, no second of a timer left out.
  mutating func judgeFires(in snapshot: FolderSnapshot) async throws {
    let fires = try await snapshot.store.fires(matching: FireQuery())
    let started = fires.compactMap(\.run)
    if Set(started).count != started.count { findings.append("two events started one run") }
    if !known.isSuperset(of: started) { findings.append("an event names a run that is not there") }
    let waiting = fires.filter { $0.status == .waiting }
    if !waiting.isEmpty { findings.append("\(waiting.count) events were forgotten") }
    let times = fires.filter { $0.flow == "tick" }.map(\.intended)
    // Newest first.
    for (later, earlier) in zip(times, times.dropFirst()) where later - earlier != .seconds(1) {
      findings.append("the timer went from \(earlier) to \(later)")
    }
  }

  private mutating func compare(_ journal: [JournalEntry], of record: RunRecord) {
    let before = journals[record.id] ?? []
    if Array(journal.prefix(before.count)) != before {
      findings.append("the run \(record.id) lost or changed entries of its journal")
    }
    if ended.contains(record.id), journal.count != before.count {
      findings.append("the run \(record.id) went on after its end")
    }
    journals[record.id] = journal
    if record.status.isTerminal { ended.insert(record.id) }
  }

  private mutating func note(
    _ state: RunState,
    of run: RunID,
    _ requests: Int,
    _ deaths: Int,
    _ hasSurvivors: Bool
  ) {
    for (address, instance) in state.instances {
      let step = "\(run)/\(state.plan.spelled(address))"
      let key = IdempotencyKey.uuid(of: step, with: .openSSL)
      guard committed[key] == nil else { continue }
      // What a replay takes over is never sent; what has ended survived the last death at least,
      // unless somebody was left to end it after that.
      let isOver = instance.status.isTerminal
      let over = hasSurvivors ? deaths : max(0, deaths - 1)
      let deaths = instance.isCarried ? 0 : isOver ? over : deaths
      allowance[key, default: instance.isCarried ? 0 : 1] += deaths
      if isOver { committed[key] = (step, requests) }
    }
  }

  /// Judges everything that the sandbox was sent, oldest first.
  mutating func judge(_ log: [LoggedRequest]) {
    var sent: [String: (count: Int, firstSent: String?)] = [:]
    for (place, request) in log.enumerated() {
      guard let key = request.idempotencyKey, let limit = allowance[key] else {
        findings.append("'\(request.target)' belongs to no step that was ordered")
        continue
      }
      if let step = committed[key], place >= step.requests {
        findings.append("\(step.step) was sent again after its result was committed")
      }
      let before = sent[key]
      if let before, before.firstSent != request.firstSent {
        findings.append("a repetition of '\(request.target)' tells another time of the first")
      }
      sent[key] = ((before?.count ?? 0) + 1, request.firstSent)
      if (before?.count ?? 0) + 1 > limit {
        findings.append("'\(request.target)' was sent more than \(limit) times")
      }
    }
  }

  /// How many requests repeat an earlier one.
  static func repetitions(in log: [LoggedRequest]) -> Int {
    log.count - Set(log.map(\.idempotencyKey)).count
  }
}
