import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// How a trigger goes on when its flow appears, changes, or is enabled or disabled.
struct TriggerRenewal: Sendable {
  let digests: Digests
  let poller: (any TriggerPoller)?
  let now: Timestamp

  /// The row of a trigger from now on; equal to the one there is when nothing has changed.
  func row(_ trigger: ServedTrigger, of flow: ServedFlow, _ found: StoredTrigger?) -> StoredTrigger
  {
    let fingerprint = fingerprint(of: trigger)
    guard var row = found, row.fingerprint == fingerprint else {
      // Whoever paused it did not mean only one version.
      var row = StoredTrigger(
        flow: flow.name,
        trigger: trigger.name,
        fingerprint: fingerprint,
        enabled: now,
        isPaused: found?.isPaused ?? false
      )
      if flow.isEnabled, !row.isPaused { row.due = due(trigger, row) }
      return row
    }
    if !flow.isEnabled || row.isPaused {
      row.due = nil
    } else if row.due == nil {
      row = resumed(trigger, row)
    }
    return row
  }

  /// The row of a trigger that was paused or disabled until now.
  ///
  /// What a recurrence would have done meanwhile is past; windows have no gaps.
  func resumed(_ trigger: ServedTrigger, _ row: StoredTrigger) -> StoredTrigger {
    var row = row
    if let timer = trigger.decoded.flatMap({ TimerDecoder.decode($0).timer }) {
      // It ended, unless it still has something to do.
      guard let series = TimerSeries(timer, enabled: row.enabled) else { return row }
      if case .recurrence = timer.kind {
        guard let next = series.due(after: now) else { return row }
        row.last = max(row.last ?? row.enabled, now)
        row.due = next
      } else {
        row.due = series.due(after: row.last)
      }
    } else {
      row.due = due(trigger, row)
    }
    return row
  }

  /// When a trigger acts next, from where its row stands.
  func due(_ trigger: ServedTrigger, _ row: StoredTrigger) -> Timestamp? {
    if let timer = trigger.decoded.flatMap({ TimerDecoder.decode($0).timer }) {
      return TimerSeries(timer, enabled: row.enabled)?.due(after: row.last)
    }
    return trigger.decoded.map { poller?.looksAfter($0) == true } == true ? now : nil
  }

  /// Whether a row was enabled or decided when the clock showed a time after `now`.
  static func isAhead(_ row: StoredTrigger, of now: Timestamp) -> Bool {
    max(row.enabled, row.last ?? row.enabled) > now
  }

  /// The row of a trigger when the clock shows a time before its last one, or before it was enabled.
  ///
  /// None waits until it is that late once more.
  func setBack(_ trigger: ServedTrigger, _ row: StoredTrigger) -> StoredTrigger {
    guard let due = row.due, Self.isAhead(row, of: now), let definition = trigger.decoded else {
      return row
    }
    var row = row
    guard let timer = TimerDecoder.decode(definition).timer else {
      guard poller?.looksAfter(definition) == true else { return row }
      row.enabled = min(row.enabled, now)
      row.last = now
      // Not at once: it may have looked just now, and could not write it.
      row.due = min(due, now + .seconds(10))
      return row
    }
    if row.last == nil || canBeginAnew(timer) { row.enabled = min(row.enabled, now) }
    guard let series = TimerSeries(timer, enabled: row.enabled) else { return row }
    row.last = series.position(row.last, setBackTo: now)
    row.due = series.due(after: row.last)
    return row
  }

  /// A row that was read, from when on it acts: a fire before it was enabled says that it began anew
  /// when the clock was set back, which is not written by itself.
  func begun(_ trigger: ServedTrigger, _ row: StoredTrigger) -> StoredTrigger {
    guard let last = row.last, last < row.enabled, let definition = trigger.decoded,
      TimerDecoder.decode(definition).timer.map(canBeginAnew) ?? true
    else { return row }
    var row = row
    row.enabled = last
    return row
  }

  /// Whether a timer that has fired is the same when it begins at another time: its windows have to
  /// meet, and its fires may be counted.
  private func canBeginAnew(_ timer: TimerTrigger) -> Bool {
    if case .recurrence = timer.kind { timer.recurrence.count == nil } else { false }
  }

  /// What stays the same as long as the definition does.
  private func fingerprint(of trigger: ServedTrigger) -> String {
    let hash = digests.sha256(trigger.text)
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}
