import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Foundation

/// Reads the values of a connection from `--parameter` words, and asks for those that are missing.
///
/// Source: command line contract (`connection create`).
struct ConnectionWords: Sendable {
  let session: Session

  private var context: Context { session.workspace.context }

  /// The values of all `--parameter` options.
  ///
  /// - Throws: `CommandFailure` for a word that is no `K=V`, or whose variable or file is missing.
  func given(for set: ConnectionParameterSet?) throws(CommandFailure) -> [String: String] {
    var values: [String: String] = [:]
    for word in context.arguments.values("parameter") {
      guard let equals = word.firstIndex(of: "="), equals > word.startIndex else {
        throw CommandFailure(
          .usage,
          "a word after --parameter is not of the form K=V",
          hint: "write --parameter api_key=env:NAME",
          exitCode: .usage
        )
      }
      let key = String(word[..<equals])
      let parameter = set?.parameter(key)
      values[parameter?.key ?? key] = try value(
        String(word[word.index(after: equals)...]),
        of: key,
        parameter
      )
    }
    return values
  }

  /// The values with answers of the person at the terminal for what is required and missing.
  func completed(_ values: [String: String], for set: ConnectionParameterSet?) -> [String: String] {
    guard ConnectionPrompt.isPossible(context.console) else { return values }
    var values = values
    for parameter in set?.parameters ?? []
    where parameter.isRequired && !parameter.isHidden && parameter.kind != .oauth
      && parameter.defaultValue == nil && values[parameter.key] == nil
    {
      values[parameter.key] = ConnectionPrompt.ask(
        parameter.title,
        isSecret: parameter.isSecret,
        context.console
      )
    }
    return values
  }

  private func value(
    _ text: String,
    of key: String,
    _ parameter: ConnectionParameter?
  ) throws(CommandFailure) -> String {
    let isSecret = parameter?.isSecret ?? true
    if text == "-" {
      return ConnectionPrompt.ask(parameter?.title ?? key, isSecret: isSecret, context.console)
    }
    if text.hasPrefix("env:") { return try setting(String(text.dropFirst(4)), key) }
    if text.hasPrefix("file:") {
      let path = String(text.dropFirst(5))
      let bytes = try TextFile.read(session.workspace.project.absolute(path), shownAs: path)
      return Self.withoutLineEnd(String(decoding: bytes, as: UTF8.self))
    }
    if isSecret, !text.isEmpty {
      context.note(
        "note: other processes of this machine can see words of a command line; "
          + "write \(key)=env:NAME, \(key)=file:PATH or \(key)=- for a secret"
      )
    }
    return text
  }

  private func setting(_ name: String, _ key: String) throws(CommandFailure) -> String {
    if let value = session.workspace.settings[name], !value.isEmpty { return value }
    throw CommandFailure(
      .missingSetting,
      "the value of '\(key)' is to come from '\(name)', which is not set",
      hint: "set it in the environment or in .env",
      exitCode: .invalid
    )
  }

  private static func withoutLineEnd(_ text: String) -> String {
    var text = text
    while text.last?.isNewline == true { text.removeLast() }
    return text
  }
}
