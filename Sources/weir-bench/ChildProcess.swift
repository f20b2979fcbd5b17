import Foundation

/// A program that runs by itself, watched from outside.
struct ChildProcess {
  let id: pid_t

  /// Starts it.
  ///
  /// - Parameters:
  ///   - words: The path of the program and its arguments.
  ///   - environment: Added to that of this process.
  ///   - output: Where its standard output goes.
  ///   - errors: Where its standard error goes; `nil` where that of this process goes.
  /// - Throws: `BenchFailure` when it cannot be started.
  init(
    _ words: [String],
    environment: [String: String] = [:],
    output: String = "/dev/null",
    errors: String? = nil
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    if let errors {
      posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    var arguments = words.map { strdup($0) } + [nil]
    var settings = all.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + settings { free(text) } }
    var child = pid_t()
    guard posix_spawn(&child, words[0], &actions, nil, &arguments, &settings) == 0 else {
      throw BenchFailure("'\(words[0])' cannot be started")
    }
    id = child
  }

  /// Waits for its end.
  ///
  /// - Throws: `BenchFailure` when it did not succeed.
  func end() throws {
    var status: Int32 = 0
    waitpid(id, &status, 0)
    guard status == 0 else { throw BenchFailure("a child ended with status \(status)") }
  }

  /// Waits for its end; the most memory that it had, in bytes.
  func peakMemory() throws -> Int {
    var peak = 0
    var status: Int32 = 0
    while waitpid(id, &status, WNOHANG) == 0 {
      peak = max(peak, memory("VmHWM:"))
      usleep(1000)
    }
    guard status == 0 else { throw BenchFailure("a child ended with status \(status)") }
    return peak
  }

  /// What `/proc` says of its memory, such as `VmRSS:`, in bytes.
  func memory(_ line: String) -> Int {
    guard let text = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8),
      let found = text.split(separator: "\n").first(where: { $0.hasPrefix(line) }),
      let number = found.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return 0 }
    return (Int(number) ?? 0) * 1024
  }

  func interrupt() { kill(id, SIGTERM) }

  /// Seconds from the start of a program to its successful end.
  static func seconds(_ words: [String], environment: [String: String] = [:]) throws -> Double {
    let start = ContinuousClock.now
    try ChildProcess(words, environment: environment).end()
    return (ContinuousClock.now - start) / .seconds(1)
  }
}
