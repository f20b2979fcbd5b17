import Engine
import Seams
import Testing
import Timekeeping

@testable import Runtime

@Suite struct GateSharesTests {
  private let limit = CallLimit(calls: 10, renewalPeriod: .seconds(60))
  private let start = Timestamp(seconds: 1_800_000_000)

  private func run(_ name: String) -> RunID { RunID(name) }

  /// Which runs get the calls, in order, until there are none or the rest is kept.
  private func served(
    _ shares: inout GateShares,
    _ waiting: [RunID],
    at now: Timestamp,
    of count: Int
  ) -> [String] {
    var turns = waiting
    var served: [String] = []
    while served.count < count, let next = shares.next(of: turns, at: now) {
      shares.take(next)
      served.append(next.text)
      turns.removeAll { $0 == next }
      turns.append(next)
    }
    return served
  }

  @Test func `a gate that was never shut keeps nothing`() {
    var shares = GateShares()
    shares.open(for: 2, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 10).count == 10)
  }

  @Test func `a run alone takes all`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 1, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 10).count == 10)
  }

  @Test func `a run takes its share, and the rest is kept for a tenth of the period`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 2, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 10).count == 5)
    #expect(shares.keptUntil == start + .seconds(5))
    #expect(served(&shares, [run("a")], at: start + .seconds(5), of: 5).count == 5)
  }

  @Test func `a run that comes back takes what was kept`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 2, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 10).count == 5)
    #expect(served(&shares, [run("a"), run("b")], at: start, of: 5) == ["b", "b", "b", "b", "b"])
  }

  @Test func `nothing is kept once the clock was set back`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 2, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 10).count == 5)
    #expect(served(&shares, [run("a")], at: start - .seconds(3600), of: 5).count == 5)
  }

  @Test func `a window that opens little by little is shared as a whole`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 2, limit, at: start)
    #expect(served(&shares, [run("a")], at: start, of: 3).count == 3)
    shares.shut(at: start + .milliseconds(1))
    shares.open(for: 2, limit, at: start + .milliseconds(20))
    #expect(served(&shares, [run("a")], at: start + .milliseconds(20), of: 7).count == 2)
  }

  @Test func `runs that divide a window among themselves leave nothing to keep`() {
    var shares = GateShares()
    shares.shut(at: start)
    shares.open(for: 3, limit, at: start)
    let runs = [run("a"), run("b"), run("c")]
    #expect(served(&shares, runs, at: start, of: 10).count == 10)
  }
}
