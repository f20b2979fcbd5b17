import AzureSandbox
import Diagnostics
import SQLiteStore

/// The state of a sandbox in a file.
struct SandboxStateFile: StateStorage {
  private let file: StateFile
  private let path: String

  /// - Throws: `Z0003`.
  init(path: String) throws(Diagnostic) {
    self.path = path
    do throws(StateFile.Failure) {
      file = try StateFile(path: path)
    } catch {
      throw Self.unusable(path, error)
    }
  }

  func load(_ name: String) -> [UInt8]? { file.load(name) }

  func save(_ changes: [(name: String, content: [UInt8])]) throws(Diagnostic) {
    do throws(StateFile.Failure) {
      try file.save(changes)
    } catch {
      throw Self.unusable(path, error)
    }
  }

  private static func unusable(_ path: String, _ failure: StateFile.Failure) -> Diagnostic {
    Diagnostic(
      .unusableSandboxState,
      "the sandbox cannot use the state file '\(path)': \(failure.reason)",
      hint: "one file serves one sandbox at a time; name another with --state, or delete it"
    )
  }
}
