import CommandLineArguments
import Crypto
import Diagnostics
import Foundation
import OrderedJSON
import SQLiteStore
import Seams

extension Command {
  static let adminRekey = Command(
    spec: CommandSpec(
      "admin",
      "rekey",
      summary: "Seal all stored secrets anew, under another key",
      options: [
        OptionSpec(
          "key",
          "env:NAME|file:PATH|-",
          "The new key, as WEIR_MASTER_KEY holds it (default: a new key file)"
        ),
        OptionSpec("key-file", nil, "Make a new key file although WEIR_MASTER_KEY is set"),
      ],
      discussion: """
        Works on a data folder that no server and no other command uses. Whatever interrupts it, \
        everything is sealed under the former key or everything under the new one, and the next \
        command knows which. The former key file stays beside the new one: backups from before need \
        it.
        """
    )
  ) { context in
    let project = Project(context)
    let keys = KeySource(context, project)
    let new = try newKey(context, project, keys)
    try requireDatabase(project)
    let report = try Rekeying(keys: keys, folder: try exclusive(project)).run(to: new)
    guard !context.wantsJSON else {
      context.print(
        [
          "values": .integer(Int64(report.values)),
          "formerKey": report.formerKey.map { .string($0) } ?? .null,
        ] as JSON
      )
      return .success
    }
    context.print("\(report.values) values are sealed under the new key")
    if let former = report.formerKey {
      context.note("the former key is '\(project.shown(former))': keep it for backups from before")
    }
    if new != nil { context.note("set WEIR_MASTER_KEY to the new key from now on") }
    if new == nil, keys.isGiven { context.note("unset WEIR_MASTER_KEY from now on") }
    return .success
  }

  /// The key that the user gives; `nil` for a new key file.
  private static func newKey(_ context: Context, _ project: Project, _ keys: KeySource) throws
    -> VaultKey?
  {
    let wantsFile = context.arguments.has("key-file")
    guard let word = context.arguments.value("key") else {
      guard !keys.isGiven || wantsFile else {
        throw UsageError(
          "WEIR_MASTER_KEY is set: it is not clear where the new key is to be",
          hint: "write --key env:NAME for another master key, or --key-file for a key file"
        )
      }
      return nil
    }
    guard !wantsFile else {
      throw UsageError("'--key' and '--key-file' exclude each other", hint: "leave one out")
    }
    return try keys.masterKey(try text(word, context, project), "the new key")
  }

  private static func text(_ word: String, _ context: Context, _ project: Project) throws -> String
  {
    if word == "-" { return ConnectionPrompt.ask("New key", isSecret: true, context.console) }
    if word.hasPrefix("file:") {
      let path = String(word.dropFirst("file:".count))
      return String(
        decoding: try TextFile.read(project.absolute(path), shownAs: path),
        as: UTF8.self
      )
    }
    if word.hasPrefix("env:"), let text = context.environment[String(word.dropFirst("env:".count))]
    {
      return text
    }
    throw UsageError(
      word.hasPrefix("env:")
        ? "'\(word)' names a variable that is not set" : "'--key' is no source",
      hint: "write --key env:NAME, --key file:PATH or --key -"
    )
  }
}

extension Command {
  /// The data folder of a project, for this process alone.
  ///
  /// - Throws: `CommandFailure` when another process uses it.
  static func exclusive(_ project: Project) throws(CommandFailure) -> ExclusiveFolder {
    do throws(StoreFailure) { return try ExclusiveFolder(project.data) } catch {
      throw CommandFailure(error)
    }
  }

  private static func requireDatabase(_ project: Project) throws(CommandFailure) {
    guard !FileManager.default.fileExists(atPath: project.data + "/weir.db") else { return }
    throw CommandFailure(
      .store,
      "there is no data in '\(project.shown(project.data))'",
      hint: "--project or --data name another folder",
      exitCode: .notFound
    )
  }
}
