import Foundation
import OrderedJSON

/// Measures Weir against raw loops that do the same work without an engine.
@main
struct Main {
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    let options = Options(CommandLine.arguments.dropFirst())
    if let delay = options.serving { AnswerServer(delay: delay).run() }
    var report = JSONObject()
    for workload in Workload.all where options.includes(workload.name) {
      FileHandle.standardError.write(Data("\(workload.name): \(workload.summary)\n".utf8))
      let result: JSON
      do { result = try await workload.run(options.rounds) } catch {
        FileHandle.standardError.write(Data("\(workload.name): \(error)\n".utf8))
        exit(1)
      }
      report[workload.name] = result
      if !options.wantsJSON { print("\(workload.name) \(result.text)") }
    }
    if options.wantsJSON { print(JSON.object(report).prettyText) }
  }
}
