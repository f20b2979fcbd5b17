import OrderedJSON
import RawLoop

extension Workload {
  static let steps = Workload(
    name: "W3",
    summary: "durable runs of ten Compose steps, one and 50 at a time, against rows of a raw loop"
  ) { rounds in
    let one = try await compare(rounds, count: 200, concurrency: 1)
    let fifty = try await compare(rounds, count: 2000, concurrency: 50)
    return ["concurrency1": .object(one), "concurrency50": .object(fifty)]
  }

  private static let stepCount = 10

  /// The raw loop commits each step before it begins the next one; `oneRowRatio` holds Weir against a
  /// loop that commits a whole run as one row, because Weir decides steps that touch nothing outside
  /// together.
  private static func compare(_ rounds: Int, count: Int, concurrency: Int) async throws
    -> JSONObject
  {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let weir = try WeirLoop(
      folder: folder.path("weir"),
      connectionString: "",
      flow: try SampleFiles.flow(flow)
    )
    var whole: [Measurement] = []
    let raw = RawSteps()
    let comparison = try await Comparison(rounds: rounds) { round in
      let once = await Measurement.of(count) {
        raw.run(
          count,
          steps: 1,
          concurrency: concurrency,
          database: folder.path("once-\(round).db"),
          rowByteCount: 2000
        )
      }
      if round > 0 { whole.append(once) }
      return await Measurement.of(count) {
        raw.run(
          count,
          steps: stepCount,
          concurrency: concurrency,
          database: folder.path("raw-\(round).db")
        )
      }
    } ours: {
      try await Measurement.of(count) { try await weir.run(count, concurrency: concurrency) }
    }
    await weir.close()
    var figures = comparison.json
    let steps = Double(stepCount)
    figures["stepsPerSecond"] = .double(
      (comparison.ours.map(\.runsPerSecond).median * steps).rounded()
    )
    figures["rawStepsPerSecond"] = .double(
      (comparison.raws.map(\.runsPerSecond).median * steps).rounded()
    )
    let once = zip(comparison.ours, whole).map { $0.runsPerSecond / $1.runsPerSecond }
    figures["oneRowRatio"] = .rounded(once.median)
    return figures
  }

  private static var flow: String {
    let actions = (0..<stepCount).map { index in
      let after = index == 0 ? "" : #", "runAfter": {"Step_\#(index - 1)": ["Succeeded"]}"#
      let value = index == 0 ? "0" : #""@add(outputs('Step_\#(index - 1)'), 1)""#
      return #""Step_\#(index)": {"type": "Compose", "inputs": \#(value)\#(after)}"#
    }
    return #"{"triggers": {"manual": {"type": "Request"}}, "actions": {"#
      + actions.joined(separator: ",") + "}}"
  }
}
