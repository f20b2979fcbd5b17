import OrderedJSON

extension Workload {
  static let coldStart = Workload(
    name: "W4",
    summary: "the built program from its start to the end of a four-step run, against a raw process"
  ) { rounds in
    let service = try Service()
    let project = try BenchProject()
    defer {
      service.stop()
      project.remove()
    }
    let environment = environment(service)
    let words = try project.weir("run", "start", "onboard-user")
    let version = try project.weir("--version")
    var ours: [Double] = []
    var raws: [Double] = []
    var bare: [Double] = []
    // The first one makes the data folder and warms up.
    for round in 0...(rounds * 5) {
      let raw = try ChildProcess.seconds(rawWords(service, project, "raw-\(round)"))
      let mine = try ChildProcess.seconds(words, environment: environment)
      let nothing = try ChildProcess.seconds(version)
      guard round > 0 else { continue }
      ours.append(mine)
      raws.append(raw)
      bare.append(nothing)
    }
    return [
      "seconds": .double(ours.median), "raw": .double(raws.median),
      "ratio": .rounded(zip(ours, raws).map { $0 / $1 }.median),
      "p99": .double(ours.percentile(0.99)), "versionOnly": .double(bare.median),
      "spread": .rounded(ours.spread), "rawSpread": .rounded(raws.spread),
    ]
  }
}
