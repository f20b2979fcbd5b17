import Engine
import Seams
import Timekeeping

extension MemoryState {
  /// See `Store.takeCall`.
  mutating func takeCall(through gate: String, window: ThrottleWindow, now: Timestamp)
    -> CallPermit
  {
    let granted = ThrottleWindow.start(ofCallGrantedAt: now)
    let latest = ThrottleWindow.latestStart(at: now)
    for (key, call) in calls where call.gate == gate && call.start > latest {
      calls[key]?.start = granted
    }
    let starts = calls.values.filter { $0.gate == gate }.map(\.start)
    if let opening = window.opening(after: starts, at: now) { return .full(until: opening) }
    let departure = window.departure(at: now)
    let horizon = departure - ThrottleWindow.settlementHorizon
    calls = calls.filter { _, call in
      call.gate != gate || call.start > departure || !call.isSettled && call.start > horizon
    }
    callCount += 1
    calls[callCount] = Call(gate: gate, start: granted, isSettled: false)
    return .granted(callCount)
  }

  /// See `Store.settleCall`.
  mutating func settleCall(_ call: Int64, at time: Timestamp) {
    calls[call]?.start = time
    calls[call]?.isSettled = true
  }
}
