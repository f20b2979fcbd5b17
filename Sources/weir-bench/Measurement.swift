import Foundation

/// What a batch of runs took.
struct Measurement {
  var runs: Int
  var seconds: Double
  /// Of this process: client, engine and writer together, without the server.
  var processorSeconds: Double
  /// Of each run, in seconds.
  var durations: [Double]

  var runsPerSecond: Double { Double(runs) / seconds }
  var processorPerRun: Double { processorSeconds / Double(runs) }
  var p50: Double { durations.percentile(0.5) }
  var p99: Double { durations.percentile(0.99) }

  /// Measures what the body does; it returns the durations of its runs.
  static func of(_ runs: Int, _ body: () async throws -> [Double]) async rethrows -> Measurement {
    let processor = processorSeconds()
    let start = ContinuousClock.now
    let durations = try await body()
    return Measurement(
      runs: runs,
      seconds: (ContinuousClock.now - start) / .seconds(1),
      processorSeconds: processorSeconds() - processor,
      durations: durations
    )
  }

  private static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

extension [Double] {
  /// The value below which this share of them lies.
  func percentile(_ share: Double) -> Double {
    let sorted = sorted()
    return sorted.isEmpty ? 0 : sorted[Swift.min(count - 1, Int(Double(count) * share))]
  }

  /// The middle one.
  var median: Double { percentile(0.5) }

  /// The distance between the least and the greatest, as a share of the middle.
  var spread: Double {
    guard let least = self.min(), let greatest = self.max(), median > 0 else { return 0 }
    return (greatest - least) / median
  }
}
