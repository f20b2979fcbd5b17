internal import HTTPMessages
internal import Synchronization

/// The connections that are open.
final class Visitors: Sendable {
  private let limit: Int
  private let proxies: AddressList
  private let state = Mutex(State())

  private struct State {
    var all: [ObjectIdentifier: Visitor] = [:]
    var counts: [String: Int] = [:]
  }

  init(limit: Int, proxies: AddressList) {
    self.limit = limit
    self.proxies = proxies
  }

  /// Notes a new connection; `false` when its address has too many of them.
  func arrive(_ visitor: Visitor) -> Bool {
    let host = visitor.peer.host
    let isLimited = !visitor.peer.isLocal && !proxies.contains(host)
    return state.withLock { state in
      state.all[ObjectIdentifier(visitor)] = visitor
      state.counts[host, default: 0] += 1
      return !isLimited || state.counts[host, default: 0] <= limit
    }
  }

  func leave(_ visitor: Visitor) {
    let host = visitor.peer.host
    state.withLock { state in
      guard state.all.removeValue(forKey: ObjectIdentifier(visitor)) != nil else { return }
      let count = state.counts[host, default: 1] - 1
      state.counts[host] = count > 0 ? count : nil
    }
  }

  var count: Int { state.withLock(\.all.count) }

  /// Ends the connections of clients that are too slow or gone.
  func check(_ limits: ServerLimits, notice: [UInt8]) {
    let visitors = state.withLock { Array($0.all.values) }
    guard !visitors.isEmpty else { return }
    let now = ContinuousClock.now
    for visitor in visitors { visitor.check(at: now, limits, notice: notice) }
  }
}
