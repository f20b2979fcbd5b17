package import Definitions
import OrderedJSON

/// How many runs of a trigger may go on at once, and how many more events may wait for them.
///
/// Source: workflow language reference, section e.7.
package struct ConcurrencyLimit: Hashable, Sendable {
  /// 1 to 100.
  package let runs: Int
  /// 1 to 200.
  package let waitingRuns: Int

  /// `nil` for a trigger whose runs are not limited.
  package init?(_ trigger: FlowTrigger) {
    if trigger.options.contains("singleinstance") {
      self.init(runs: 1, waitingRuns: nil)
      return
    }
    let configured = trigger.definition["runtimeConfiguration"]?["concurrency"]
    guard let configured, configured.objectValue != nil else { return nil }
    self.init(
      runs: configured["runs"]?.integerValue.map { Int(clamping: $0) } ?? Self.standardRuns,
      waitingRuns: configured["maximumWaitingRuns"]?.integerValue.map { Int(clamping: $0) }
    )
  }

  /// Values out of range count as the nearest ones in range.
  package init(runs: Int, waitingRuns: Int? = nil) {
    self.runs = min(max(runs, 1), 100)
    self.waitingRuns = min(max(waitingRuns ?? self.runs + 10, 1), 200)
  }

  private static let standardRuns = 25
}
