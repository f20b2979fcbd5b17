internal import Synchronization

/// How often values fell below which bounds.
package final class Histogram: Sendable {
  private let bounds: [Double]
  private let state: Mutex<State>

  private struct State {
    /// By bound, and one more for what is above all of them; not cumulative.
    var counts: [UInt64]
    var sum = 0.0
  }

  init(bounds: [Double]) {
    self.bounds = bounds
    state = Mutex(State(counts: .init(repeating: 0, count: bounds.count + 1)))
  }

  package func observe(_ value: Double) {
    let place = bounds.firstIndex { value <= $0 } ?? bounds.count
    state.withLock { state in
      state.counts[place] += 1
      state.sum += value
    }
  }

  package func observe(_ duration: Duration) {
    let parts = duration.components
    observe(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
  }

  func samples(_ labels: [MetricReport.Label]) -> [MetricReport.Sample] {
    let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
    var samples: [MetricReport.Sample] = []
    var total: UInt64 = 0
    for (bound, count) in zip(bounds + [.infinity], counts) {
      total += count
      let label = MetricReport.Label(name: "le", value: PrometheusText.number(bound))
      samples.append(.init(suffix: "_bucket", labels: labels + [label], value: Double(total)))
    }
    samples.append(.init(suffix: "_sum", labels: labels, value: sum))
    samples.append(.init(suffix: "_count", labels: labels, value: Double(total)))
    return samples
  }
}
