import Engine
import Foundation
import OrderedJSON
import Timekeeping

extension Workload {
  static let waitingRuns = Workload(
    name: "W7",
    summary:
      "a server with a million waiting runs: its start, its memory, and how late it wakes one"
  ) { rounds in
    let million = try await MillionRuns(waiting: true)
    defer { million.project.remove() }
    var starts: [Double] = []
    var memory: [Double] = []
    var lateness: [Double] = []
    for _ in 0..<min(rounds, 3) {
      let dues = (0..<3).map { BenchClock().now() + .seconds(5) + .milliseconds($0 * 700) }
      var runs: [RunID] = []
      for due in dues { runs.append(try await million.start(due.description)) }
      try million.release()
      let server = try RunningServer(million.project)
      for (run, due) in zip(runs, dues) {
        lateness.append(try await wakeLateness(of: run, due, million))
      }
      starts.append(server.startSeconds)
      memory.append(Double(server.process.memory("VmRSS:")))
      try server.stop()
    }
    return [
      "serverStart": .double(starts.median), "resident": .double(memory.median),
      "wakeLateness": .double(lateness.median), "wakeLatenessLast": .double(lateness.max() ?? 0),
      "serverStartSpread": .rounded(starts.spread),
    ]
  }

  private static func wakeLateness(of run: RunID, _ due: Timestamp, _ million: MillionRuns)
    async throws -> Double
  {
    for _ in 0..<2000 {
      if let end = try million.endOfWait(run) { return Double(end - due.ticks) / 1e7 }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw BenchFailure("the run was not woken")
  }

  static let idleServer = Workload(
    name: "idle",
    summary: "the memory of a server of the sample project that has nothing to do"
  ) { rounds in
    let project = try BenchProject()
    defer { project.remove() }
    var memory: [Double] = []
    var starts: [Double] = []
    for _ in 0..<min(rounds, 3) {
      let server = try RunningServer(project)
      try await Task.sleep(for: .seconds(3))
      memory.append(Double(server.process.memory("VmRSS:")))
      starts.append(server.startSeconds)
      try server.stop()
    }
    return ["resident": .double(memory.median), "serverStart": .double(starts.median)]
  }

  static let manyRuns = Workload(
    name: "W8",
    summary: "listing and showing runs in a store of a million, from the start of the process"
  ) { rounds in
    let million = try await MillionRuns(waiting: false)
    defer { million.project.remove() }
    let run = try await million.start(nil)
    let commands = [
      ("list", try million.project.weir("run", "list")),
      ("listFailed", try million.project.weir("run", "list", "--status", "Failed")),
      ("listOfFlow", try million.project.weir("run", "list", "--flow", "million")),
      ("show", try million.project.weir("run", "show", run.text)),
    ]
    var report = JSONObject()
    for (name, words) in commands {
      let seconds = try (0...(rounds * 5)).map { _ in try ChildProcess.seconds(words) }.dropFirst()
      report[name] = .double(Array(seconds).median)
      report[name + "P99"] = .double(Array(seconds).percentile(0.99))
    }
    return .object(report)
  }
}
