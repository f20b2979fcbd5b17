import Expressions
import Foundation
import OrderedJSON
import Timekeeping

extension Workload {
  static let json = Workload(
    name: "json",
    summary: "reading and writing JSON, against JSONSerialization, in MB/s"
  ) { rounds in
    let bytes = Array(sample().utf8)
    let data = Data(bytes)
    let value = try JSON(parsing: bytes)
    let object = try JSONSerialization.jsonObject(with: data)
    var ratios: (parse: [Double], write: [Double]) = ([], [])
    var rates: (parse: [Double], write: [Double]) = ([], [])
    for _ in 0..<max(rounds, 3) {
      let parse = rate(bytes.count) { _ = try? JSON(parsing: bytes) }
      let write = rate(bytes.count) { _ = value.bytes }
      let theirs = rate(bytes.count) { _ = try? JSONSerialization.jsonObject(with: data) }
      let written = rate(bytes.count) {
        _ = try? JSONSerialization.data(withJSONObject: object)
      }
      ratios.parse.append(parse / theirs)
      ratios.write.append(write / written)
      rates.parse.append(parse)
      rates.write.append(write)
    }
    return [
      "parse": .double(rates.parse.median.rounded()),
      "write": .double(rates.write.median.rounded()),
      "parseRatio": .double(ratios.parse.median), "writeRatio": .double(ratios.write.median),
    ]
  }

  static let expressions = Workload(
    name: "expressions",
    summary: "evaluations per second of a typical expression on one core"
  ) { rounds in
    let text = "@concat('user-', triggerBody()?['name'], '-', string(add(variables('n'), 1)))"
    let template = try Template(compiling: .string(text))
    let scope = try ContextScope([
      "trigger": ["outputs": ["body": ["name": "ada"]]], "variables": ["n": 41],
    ])
    var rates: [Double] = []
    for _ in 0..<max(rounds, 3) {
      let count = 200_000
      let start = ContinuousClock.now
      for _ in 0..<count { _ = try template.evaluate(in: scope) }
      rates.append(Double(count) / ((ContinuousClock.now - start) / .seconds(1)))
    }
    return ["evaluationsPerSecond": .double(rates.median.rounded())]
  }

  /// MB/s of something that works through so many bytes: the best of seven, without the first
  /// touch of fresh memory.
  private static func rate(_ count: Int, _ body: () -> Void) -> Double {
    let seconds = (0..<7).map { _ in
      let start = ContinuousClock.now
      body()
      return (ContinuousClock.now - start) / .seconds(1)
    }
    return Double(count) / 1e6 / (seconds.min() ?? 1)
  }

  private static func sample() -> String {
    let items = (0..<8000).map { index in
      """
      {"id":\(index),"name":"user-\(index)","email":"user\(index)@example.com",\
      "score":\(Double(index) / 7),"tags":["a","bb","ccc"],"active":true,\
      "note":"Grüße \\"quoted\\" text"}
      """
    }
    return "[" + items.joined(separator: ",") + "]"
  }
}
