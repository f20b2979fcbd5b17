import AzureSandbox
import Connectors
import Crypto
import Foundation
import HTTPServer
import OrderedJSON
import Timekeeping

extension Workload {
  static let oneAtATime = Workload(
    name: "W1",
    summary: "four-step runs one after another, against the raw loop"
  ) { rounds in
    try await compare(rounds: rounds, count: 200, concurrency: 1)
  }

  static let fiftyAtATime = Workload(
    name: "W2",
    summary: "1,000 four-step runs, 50 at a time, against the raw loop"
  ) { rounds in
    try await compare(rounds: rounds, count: 1000, concurrency: 50)
  }

  /// Weir and the raw loop in turn against one sandbox; medians over the rounds.
  private static func compare(rounds: Int, count: Int, concurrency: Int) async throws -> JSON {
    var configuration = SandboxConfiguration()
    configuration.tokenSigning = .es256
    configuration.identityLimits = nil
    let sandbox = AzureSandbox(
      configuration: configuration,
      clock: BenchClock(),
      entropy: SystemEntropy()
    )
    let server = try sandbox.start(on: ListenAddress(host: "127.0.0.1", port: 0))
    let text = sandbox.resource.connectionString(endpoint: server.endpoint)
    let key = try AzureConnectionString(text).accessKey
    let folder = try TemporaryFolder()
    let weir = try WeirLoop(folder: folder.path("weir"), connectionString: text)
    var ours: [Measurement] = []
    var raws: [Measurement] = []
    for round in 0...rounds {
      let loop = RawLoop(endpoint: server.endpoint, accessKey: key)
      let raw = await Measurement.of(count) {
        loop.run(count, concurrency: concurrency, database: folder.path("raw-\(round).db"))
      }
      let mine = try await Measurement.of(count) {
        try await weir.run(count, concurrency: concurrency)
      }
      // The first round warms up.
      guard round > 0 else { continue }
      raws.append(raw)
      ours.append(mine)
    }
    await weir.close()
    await server.stop()
    folder.remove()
    return summary(ours, raws)
  }

  /// The figures of a comparison, medians over the rounds, in seconds and bytes.
  ///
  /// Source: command line contract (`weir-bench`).
  static func summary(_ ours: [Measurement], _ raws: [Measurement]) -> JSON {
    let rate = median(ours.map(\.runsPerSecond))
    let raw = median(raws.map(\.runsPerSecond))
    let rates = raws.map(\.runsPerSecond)
    let spread = ((rates.max() ?? 0) - (rates.min() ?? 0)) / max(raw, 1e-9)
    let ratios = zip(ours, raws).map { $0.runsPerSecond / $1.runsPerSecond }
    func processor(_ measurements: [Measurement]) -> Double {
      median(measurements.map { $0.processorSeconds / Double($0.runs) })
    }
    return [
      "runsPerSecond": .double(rate.rounded()), "raw": .double(raw.rounded()),
      "ratio": .double((median(ratios) * 1000).rounded() / 1000),
      "p50": .double(median(ours.map { $0.percentile(0.5) })),
      "p99": .double(median(ours.map { $0.percentile(0.99) })),
      "rawP50": .double(median(raws.map { $0.percentile(0.5) })),
      "rawP99": .double(median(raws.map { $0.percentile(0.99) })),
      "stepOverheadP50": .double(
        (median(ours.map { $0.percentile(0.5) }) - median(raws.map { $0.percentile(0.5) })) / 4
      ),
      "stepOverheadP99": .double(
        (median(ours.map { $0.percentile(0.99) }) - median(raws.map { $0.percentile(0.99) })) / 4
      ),
      "processorPerRun": .double(processor(ours)), "rawProcessorPerRun": .double(processor(raws)),
      "peakMemory": .integer(Int64(Measurement.peakMemory())),
      "rawSpread": .double((spread * 1000).rounded() / 1000),
    ]
  }
}

/// A folder that lives as long as a workload.
struct TemporaryFolder {
  private let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "weir-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func remove() { try? FileManager.default.removeItem(at: url) }
}
