import Foundation
import Glibc

/// A child process, started without Foundation.
///
/// `Process` of Foundation reads beyond a buffer when this process has more than some thousand
/// descriptors open, which tests that run side by side do have.
final class Spawn {
  private typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>

  // The headers show these two only to programs that ask for GNU extensions before the first import.
  private static let closeFrom = symbol(
    "posix_spawn_file_actions_addclosefrom_np",
    as: (@convention(c) (Actions, Int32) -> Int32).self
  )
  private static let changeFolder = symbol(
    "posix_spawn_file_actions_addchdir_np",
    as: (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self
  )

  private static func symbol<Function>(_ name: String, as type: Function.Type) -> Function? {
    dlsym(nil, name).map { unsafeBitCast($0, to: type) }
  }

  let identifier: Int32
  private var status: Int32?

  /// - Throws: `POSIXError` when the program cannot be started.
  init(
    _ program: String,
    _ arguments: [String],
    environment: [String: String],
    folder: String,
    input: String,
    output: String,
    errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = Self.closeFrom?(&actions, 3)
    _ = Self.changeFolder?(&actions, folder)
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))
    identifier = try Self.start(
      program,
      [program] + arguments,
      environment.map { "\($0)=\($1)" },
      &actions,
      &attributes
    )
  }

  private static func start(
    _ program: String,
    _ words: [String],
    _ environment: [String],
    _ actions: inout posix_spawn_file_actions_t,
    _ attributes: inout posix_spawnattr_t
  ) throws -> Int32 {
    let words = words.map { strdup($0) } + [nil]
    let environment = environment.map { strdup($0) } + [nil]
    defer { for text in words + environment { free(text) } }
    var identifier: Int32 = 0
    let code = posix_spawn(&identifier, program, &actions, &attributes, words, environment)
    guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO) }
    return identifier
  }

  /// Leaves nobody behind: a dead child that nobody waits for keeps exit tests from ending.
  deinit {
    guard isRunning else { return }
    kill(identifier, SIGKILL)
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) == -1 && errno == EINTR {}
  }

  var isRunning: Bool {
    guard status == nil else { return false }
    var found: Int32 = 0
    guard waitpid(identifier, &found, WNOHANG) == identifier else { return true }
    status = found
    return false
  }

  /// 128 plus the signal when a signal ended it; 0 while it runs.
  var exitCode: Int32 {
    let status = status ?? 0
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}
