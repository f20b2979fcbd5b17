import Engine
import Seams
import Timekeeping

extension WriteSession {
  /// See `Store.takeCall`.
  func takeCall(through gate: String, window: ThrottleWindow, now: Timestamp) throws(SQLiteError)
    -> CallPermit
  {
    let gate = SQLValue.integer(try gateKey(gate))
    let departure = window.departure(at: now)
    let granted = SQLValue.time(ThrottleWindow.start(ofCallGrantedAt: now))
    try calls.setBack.run(granted, gate, .time(ThrottleWindow.latestStart(at: now)))
    let blocking: [SQLValue] = [gate, .time(departure), .count(window.calls - 1)]
    let start = try calls.findStart.first(blocking) { $0.time(0) }
    if let opening = window.opening(blockedBy: start, at: now) { return .full(until: opening) }
    let horizon = departure - ThrottleWindow.settlementHorizon
    try calls.deleteDeparted.run(gate, .time(departure), .time(horizon))
    try calls.insert.run(gate, granted)
    return .granted(connection.lastInsertedKey)
  }

  /// See `Store.settleCall`.
  func settleCall(_ call: Int64, at time: Timestamp) throws(SQLiteError) {
    try calls.settle.run(.time(time), .integer(call))
  }

  private func gateKey(_ name: String) throws(SQLiteError) -> Int64 {
    if let known = gateKeys[name] { return known }
    var key = try calls.findGate.first([.text(name)]) { $0.integer(0) }
    if key == nil {
      try calls.insertGate.run(.text(name))
      key = connection.lastInsertedKey
    }
    gateKeys[name] = key
    return key ?? connection.lastInsertedKey
  }
}
