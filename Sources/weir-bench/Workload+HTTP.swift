import Foundation
import OrderedJSON
import RawLoop

extension Workload {
  static let oneAtATime = Workload(
    name: "W1",
    summary: "200 four-step runs one after another, against the raw loop"
  ) { rounds in
    .object(try await compare(rounds, count: 200, concurrency: 1))
  }

  static let fiftyAtATime = Workload(
    name: "W2",
    summary: "1,000 four-step runs, 50 at a time, against the raw loop"
  ) { rounds in
    var figures = try await compare(rounds, count: 1000, concurrency: 50)
    let memory = try peakMemory(min(rounds, 3), count: 1000, concurrency: 50)
    figures["peakMemory"] = .integer(Int64(memory.ours))
    figures["rawPeakMemory"] = .integer(Int64(memory.raw))
    figures["memoryRatio"] = .rounded(Double(memory.ours) / Double(memory.raw))
    return .object(figures)
  }

  static let slowServer = Workload(
    name: "W2slow",
    summary: "1,000 four-step runs, 50 at a time, each answer 20 ms late, against the raw loop"
  ) { rounds in
    .object(try await compare(rounds, count: 1000, concurrency: 50, delay: 20))
  }

  /// Weir and the raw loop in turn against one server, which is a process of its own.
  private static func compare(_ rounds: Int, count: Int, concurrency: Int, delay: Int = 0)
    async throws -> JSONObject
  {
    let service = try Service(delay: delay)
    let folder = try TemporaryFolder()
    defer {
      service.stop()
      folder.remove()
    }
    let weir = try WeirLoop(
      folder: folder.path("weir"),
      connectionString: service.connectionString
    )
    let comparison = try await Comparison(rounds: rounds) { round in
      let loop = RawLoop(endpoint: service.endpoint, accessKey: Service.accessKey)
      let database = folder.path("raw-\(round).db")
      let measurement = await Measurement.of(count) {
        loop.run(count, concurrency: concurrency, database: database)
      }
      guard loop.failureCount == 0 else { throw BenchFailure("the raw loop was refused") }
      return measurement
    } ours: {
      try await Measurement.of(count) { try await weir.run(count, concurrency: concurrency) }
    }
    await weir.close()
    return comparison.json
  }

  /// The most memory of the built program, and of a raw process, that make so many runs each.
  private static func peakMemory(_ rounds: Int, count: Int, concurrency: Int) throws
    -> (ours: Int, raw: Int)
  {
    let service = try Service()
    let project = try BenchProject()
    defer {
      service.stop()
      project.remove()
    }
    var peaks: (ours: [Double], raw: [Double]) = ([], [])
    for round in 0..<rounds {
      let raw = try ChildProcess(rawWords(service, project, "peak-\(round)", count, concurrency))
      peaks.raw.append(Double(try raw.peakMemory()))
      let words = try project.weir(
        "run",
        "start",
        "onboard-user",
        "--count",
        "\(count)",
        "--concurrency",
        "\(concurrency)"
      )
      let weir = try ChildProcess(words, environment: environment(service))
      peaks.ours.append(Double(try weir.peakMemory()))
    }
    return (Int(peaks.ours.median), Int(peaks.raw.median))
  }

  /// The words that start a raw process.
  static func rawWords(
    _ service: Service,
    _ project: BenchProject,
    _ name: String,
    _ count: Int = 1,
    _ concurrency: Int = 1
  ) throws -> [String] {
    let key = Service.accessKey.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    return [
      try Binaries.path("weir-raw"), service.endpoint, key.joined(), "\(project.path)/\(name).db",
      "\(count)", "\(concurrency)",
    ]
  }

  static func environment(_ service: Service) -> [String: String] {
    ["AZURE_COMMUNICATION_CONNECTION_STRING": service.connectionString]
  }
}
