import Foundation

/// The built program as a server on a project.
struct RunningServer {
  let process: ChildProcess
  /// From its start until it served.
  let startSeconds: Double

  init(_ project: BenchProject) throws {
    let output = project.path + "/server.txt"
    let words = try project.weir("server", "start", "--listen", "127.0.0.1:0")
    let start = ContinuousClock.now
    process = try ChildProcess(words, output: output, errors: project.path + "/server.log")
    while (try? String(contentsOfFile: output, encoding: .utf8))?.contains("serves") != true {
      guard ContinuousClock.now - start < .seconds(60) else {
        throw BenchFailure("the server did not start")
      }
      usleep(1000)
    }
    startSeconds = (ContinuousClock.now - start) / .seconds(1)
  }

  func stop() throws {
    process.interrupt()
    try process.end()
  }
}
