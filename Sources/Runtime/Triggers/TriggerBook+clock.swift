import Seams
import Timekeeping

extension TriggerBook {
  /// Times that were decided are ahead again; those that fired will not fire twice.
  func clockWentBack(by length: Duration) {
    environment.log.write(.warning, "clock.wentBack", [("seconds", "\(length.seconds)")])
    // What is seen to now is looked at when that is done.
    for key in held.idle {
      guard let row = held.row(key) else { continue }
      let changed = setBack(row)
      if changed != row { enter(changed) }
    }
  }

  /// The row, from where it stands by a clock that may have been set back since it was decided.
  func setBack(_ row: StoredTrigger) -> StoredTrigger {
    let now = environment.clock.now()
    guard TriggerRenewal.isAhead(row, of: now + .seconds(1)),
      let trigger = catalog.flow(row.flow)?.served(named: row.trigger)
    else { return row }
    return renewal(now).setBack(trigger, row)
  }

  func renewal(_ now: Timestamp) -> TriggerRenewal {
    TriggerRenewal(digests: environment.digests, poller: poller, now: now)
  }
}
