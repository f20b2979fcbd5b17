import CommandLineArguments
import Diagnostics
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let connectionDelete = Command(
    spec: CommandSpec(
      "connection",
      "delete",
      summary: "Delete a stored connection with its token",
      positionals: [connectionName]
    )
  ) { context in
    try await onSession(context, delete)
  }

  private static func delete(_ session: Session) async throws(CommandFailure) -> ExitCode {
    let context = session.workspace.context
    let (entry, record) = try await deletable(context.arguments[0] ?? "", session)
    let name = record?.name ?? entry.key
    try await ConnectionKeeper(session: session).delete(entry.key, named: name)
    context.wantsJSON
      ? context.print(["name": .string(name), "deleted": true])
      : context.print("deleted '\(name)'")
    return .success
  }

  /// What cannot be read under this key can still be deleted.
  private static func deletable(_ name: String, _ session: Session)
    async throws(CommandFailure) -> (ConnectionBook.Entry, ConnectionRecord?)
  {
    let making = ConnectionMaking(session: session)
    if let entry = try await making.entry(name), entry.record == nil { return (entry, nil) }
    let (entry, record) = try await making.own(name)
    return (entry, record)
  }
}
