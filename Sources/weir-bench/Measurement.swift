import Foundation

/// What a batch of runs took.
struct Measurement {
  var runs: Int
  var seconds: Double
  /// Of the whole process, client, server and writer together.
  var processorSeconds: Double
  /// Of each run, in seconds.
  var durations: [Double]

  var runsPerSecond: Double { Double(runs) / seconds }

  /// The duration below which this share of the runs lies.
  func percentile(_ share: Double) -> Double {
    let sorted = durations.sorted()
    return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

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

  /// The most memory that the process had so far, in bytes.
  static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

/// The middle one.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}
