import Definitions
import Engine
import Foundation
import OrderedJSON
import Runtime

extension Workload {
  static let loop = Workload(
    name: "foreach",
    summary: "a durable Foreach of 10,000 Compose actions, in seconds"
  ) { rounds in
    let flow = try SampleFiles.flow(
      """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {"Each": {"type": "Foreach",
      "foreach": "@range(0, 10000)", "actions": {"Double": {"type": "Compose",
      "inputs": "@mul(item(), 2)"}}}}}
      """
    )
    let folder = try TemporaryFolder()
    let weir = try WeirLoop(folder: folder.path("weir"), connectionString: "", flow: flow)
    let before = residentMemory()
    var seconds: [Double] = []
    for _ in 0..<max(rounds, 1) {
      seconds += try await weir.run(1, concurrency: 1)
    }
    let growth = residentMemory() - before
    await weir.close()
    folder.remove()
    return ["seconds": .double(seconds.median), "memoryGrowth": .integer(Int64(growth))]
  }

  static let planning = Workload(
    name: "plan",
    summary: "reading and planning a flow of 500 actions, in seconds"
  ) { rounds in
    let actions = (0..<500).map { index in
      let after = index == 0 ? "" : #", "runAfter": {"Step_\#(index - 1)": ["Succeeded"]}"#
      return #""Step_\#(index)": {"type": "Compose", "inputs": {"n": \#(index), "#
        + #""text": "@concat('step ', string(add(\#(index), 1)))"}\#(after)}"#
    }
    let text =
      #"{"triggers": {"manual": {"type": "Request"}}, "actions": {"#
      + actions.joined(separator: ",") + "}}"
    let bytes = Array(text.utf8)
    var read: [Double] = []
    var plan: [Double] = []
    for _ in 0..<max(rounds, 5) {
      let start = ContinuousClock.now
      guard let flow = FlowReader.read(name: "large", file: "large.json", bytes: bytes).flow else {
        throw BenchFailure("the large flow cannot be read")
      }
      let middle = ContinuousClock.now
      guard Planner.plan(flow).plan != nil else { throw BenchFailure("it cannot be planned") }
      read.append((middle - start) / .seconds(1))
      plan.append((ContinuousClock.now - middle) / .seconds(1))
    }
    return ["read": .double(read.median), "plan": .double(plan.median)]
  }

  /// The memory that the process holds now, in bytes.
  static func residentMemory() -> Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
  }
}
