import Crypto
import Diagnostics
import Foundation

/// Where the key comes from that seals secrets: `WEIR_MASTER_KEY`, or a file of the data folder.
struct KeySource: Sendable {
  let path: String
  /// The text of the variable; empty when there is none.
  private let given: String

  init(_ context: Context, _ project: Project) {
    path = project.data + "/key"
    given = context.environment["WEIR_MASTER_KEY"] ?? ""
  }

  /// Whether the key is that of the variable.
  var isGiven: Bool { !given.isEmpty }

  /// The key in force; a data folder without one gets its key file.
  ///
  /// A change of key that was interrupted is ended first, by what `sample` finds in the store: some
  /// sealed value.
  ///
  /// - Throws: `CommandFailure` when there is no usable key.
  func present(
    _ entropy: SystemEntropy,
    sample: () throws(CommandFailure) -> [UInt8]?
  ) throws(CommandFailure) -> VaultKey {
    if isGiven { return try masterKey(given, "WEIR_MASTER_KEY") }
    let change = KeyChange(file: path)
    // To ask for a sample may take long, and is seldom of use.
    let isUnclear = change.isUnderWay || !FileManager.default.fileExists(atPath: path)
    let found = isUnclear ? try sample() : nil
    do throws(Diagnostic) {
      try change.settle(by: found)
      if found != nil, !FileManager.default.fileExists(atPath: path) { throw missing }
      return try VaultKey(file: path, entropy: entropy)
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  /// What to do when another key is in force than the one that sealed a value; `nil` when it is.
  func advice(for sample: [UInt8]?) -> String? {
    guard let sample else { return nil }
    let present = isGiven ? try? VaultKey(text: given) : try? VaultKey(file: path)
    if let present, present.hasSealed(sample) { return nil }
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let former = names.sorted().first { name in
      name.hasPrefix("key.")
        && (try? VaultKey(file: "\(folder)/\(name)"))?.hasSealed(sample) == true
    }
    let what = "the secrets in it were sealed under another key than the present one"
    guard let former else { return "\(what): put back the key that was in force then" }
    return "\(what): that one is '\(folder)/\(former)', put it in the place of 'key'"
  }

  /// A key from text that came from somewhere.
  ///
  /// - Throws: `CommandFailure` V0005.
  func masterKey(_ text: String, _ source: String) throws(CommandFailure) -> VaultKey {
    do throws(Diagnostic) { return try VaultKey(text: text) } catch {
      var problem = error
      problem.message = "\(source): \(problem.message)"
      throw CommandFailure([problem], .unreachable)
    }
  }

  private var missing: Diagnostic {
    Diagnostic(
      .missingKeyFile,
      "the key file '\(path)' is missing, and the data folder holds what it sealed",
      hint: "put it back from where you keep it, or set WEIR_MASTER_KEY if that sealed the data"
    )
  }
}
