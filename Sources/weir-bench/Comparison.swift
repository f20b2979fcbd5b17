import OrderedJSON

/// Weir and a raw loop in turn: medians over the rounds.
struct Comparison {
  private(set) var ours: [Measurement] = []
  private(set) var raws: [Measurement] = []

  /// The first round warms up.
  ///
  /// Which side begins alternates, so that what one leaves behind, such as
  /// pages to be written, hinders both.
  init(
    rounds: Int,
    raw: (_ round: Int) async throws -> Measurement,
    ours: () async throws -> Measurement
  ) async throws {
    for round in 0...rounds {
      var results: (ours: Measurement?, raw: Measurement?)
      if round.isMultiple(of: 2) { results.raw = try await raw(round) }
      results.ours = try await ours()
      if results.raw == nil { results.raw = try await raw(round) }
      guard round > 0, let mine = results.ours, let theirs = results.raw else { continue }
      self.ours.append(mine)
      raws.append(theirs)
    }
  }

  /// The ratio of a figure in each round, Weir's to the raw loop's; the middle one.
  func ratio(_ figure: (Measurement) -> Double) -> Double {
    zip(ours, raws).map { figure($0) / figure($1) }.median
  }

  /// The figures, in seconds and bytes.
  ///
  /// Source: command line contract (`weir-bench`).
  var json: JSONObject {
    [
      "runsPerSecond": .double(ours.map(\.runsPerSecond).median.rounded()),
      "raw": .double(raws.map(\.runsPerSecond).median.rounded()),
      "ratio": .rounded(ratio(\.runsPerSecond)),
      "spread": .rounded(ours.map(\.runsPerSecond).spread),
      "rawSpread": .rounded(raws.map(\.runsPerSecond).spread),
      "p50": .double(ours.map(\.p50).median), "p99": .double(ours.map(\.p99).median),
      "p99ToP50": .rounded(ours.map { $0.p99 / $0.p50 }.median),
      "rawP50": .double(raws.map(\.p50).median), "rawP99": .double(raws.map(\.p99).median),
      "processorPerRun": .double(ours.map(\.processorPerRun).median),
      "rawProcessorPerRun": .double(raws.map(\.processorPerRun).median),
      "processorRatio": .rounded(ratio(\.processorPerRun)),
    ]
  }
}

extension JSON {
  /// A ratio, to three places.
  static func rounded(_ value: Double) -> JSON { .double((value * 1000).rounded() / 1000) }
}
