import HTTPMessages
import OrderedJSON
import Simulation
import Synchronization
import Timekeeping

/// A service that is polled: it has events in an order, and says where to go on.
final class SimulatedFeed: Counterpart {
  static let host = "feed.service.example"

  private let feed: Scenario.Feed
  private let clock: SimulatedClock
  private let start: Timestamp
  private let trouble: @Sendable () -> HTTPResponse?
  /// Up to which event somebody went on for good.
  private let taken = Mutex(0)

  init(
    _ feed: Scenario.Feed,
    clock: SimulatedClock,
    trouble: @escaping @Sendable () -> HTTPResponse?
  ) {
    self.feed = feed
    self.clock = clock
    self.trouble = trouble
    start = clock.elapsed
  }

  var name: String { Self.host }

  /// Whether somebody asked for what comes after the last event.
  var isDrained: Bool { taken.withLock { $0 == feed.events.count } }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    if let problem = trouble() { return problem }
    let after = Int(request.query.split(separator: "=").last ?? "0") ?? 0
    taken.withLock { $0 = max($0, after) }
    let elapsed = clock.elapsed - start
    let count = feed.events.prefix { $0 <= elapsed }.count - after
    guard count > 0 else {
      return response(202, after: after, ["Retry-After": "5"], [])
    }
    let numbers = (after + 1)...(after + (feed.isSplit ? min(count, 3) : 1))
    return response(200, after: numbers.upperBound, [:], body(numbers).bytes)
  }

  private func body(_ numbers: ClosedRange<Int>) -> JSON {
    var body: JSONObject =
      feed.isSplit
      ? ["items": .array(numbers.map { .integer(Int64($0)) })]
      : ["id": .integer(Int64(numbers.lowerBound))]
    if feed.isSecret { body["secret"] = .string(Secrets.body) }
    return .object(body)
  }

  private func response(_ status: Int, after: Int, _ headers: HTTPFields, _ body: [UInt8])
    -> HTTPResponse
  {
    var headers = headers
    headers["Location"] = "https://\(Self.host)/events?after=\(after)"
    if !body.isEmpty { headers["Content-Type"] = "application/json" }
    return HTTPResponse(status: status, headers: headers, body: body)
  }
}
