import Fixtures
import Foundation
import Synchronization

/// The built program as a child process.
///
/// What it prints goes to files, so that nobody needs to read while it runs.
final class WeirProcess: Sendable {
  /// How a process ended and what it printed.
  struct Outcome: Sendable {
    /// 128 plus the signal when a signal ended it.
    var exitCode: Int32
    var output: String
    var errors: String
    /// The most memory that it held, in bytes, as far as it was seen.
    var peakMemory: Int
  }

  /// The program beside the test bundle.
  static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "weir").path

  let identifier: Int32
  private let process: Mutex<Spawn>
  private let folder: URL
  private let peak = Mutex(0)

  /// Starts the program, or a shell command line in which `$0` is the program.
  init(
    _ arguments: [String],
    in place: Workplace,
    environment: [String: String] = [:],
    input: String = "",
    shell: String? = nil
  ) throws {
    folder = try place.emptyFolder()
    let program = shell == nil ? Self.executable : "/bin/sh"
    try Data(input.utf8).write(to: folder.appending(path: "input"))
    let process = try Spawn(
      program,
      shell.map { ["-c", $0, Self.executable] + arguments } ?? arguments,
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": place.root.path, "LC_ALL": "C.UTF-8",
      ].merging(environment) { $1 },
      folder: place.project.path,
      input: folder.appending(path: "input").path,
      output: folder.appending(path: "output").path,
      errors: folder.appending(path: "errors").path
    )
    identifier = process.identifier
    self.process = Mutex(process)
  }

  var isRunning: Bool { process.withLock(\.isRunning) }

  /// What it printed so far.
  var output: String { text("output") }

  var errors: String { text("errors") }

  private func text(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: folder.appending(path: name).path)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// Waits for its end; kills it when it takes too long.
  func end(within patience: Duration = .seconds(120)) async throws -> Outcome {
    do {
      try await eventually(within: patience) {
        noteMemory()
        return !isRunning
      }
    } catch {
      kill()
      throw error
    }
    return process.withLock { process in
      Outcome(
        exitCode: process.exitCode,
        output: output,
        errors: errors,
        peakMemory: peak.withLock { $0 }
      )
    }
  }

  /// Ends it without giving it a chance to do anything.
  func kill() { signal(SIGKILL) }

  /// Asks it to end.
  func interrupt() { signal(SIGINT) }

  /// Asks it to end, as service managers do.
  func terminate() { signal(SIGTERM) }

  /// Reaches nobody once it has ended: its number may be another's by then.
  private func signal(_ number: Int32) {
    process.withLock { process in
      if process.isRunning { _ = Foundation.kill(identifier, number) }
    }
  }

  private func noteMemory() {
    guard let status = FileManager.default.contents(atPath: "/proc/\(identifier)/status"),
      let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
        .first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) })
    else { return }
    peak.withLock { $0 = max($0, kilobytes << 10) }
  }
}
