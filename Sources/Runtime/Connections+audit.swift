import Engine
import Seams
import Synchronization
import Timekeeping

/// Who used which secret.
extension Connections {
  /// How long further uses of a connection by the same user add nothing to the audit; the journals
  /// of runs tell each of them.
  private static let auditInterval = Duration.seconds(3600)

  /// Writes down that a run uses a connection, before it does.
  func noteUse(of connection: ActiveConnection, by other: String?, in run: RunID) async {
    let user = other ?? user
    let now = environment.clock.now()
    let isNews = uses.withLock { uses in
      let key = "\(connection.key)\n\(user)"
      if let last = uses[key], last + Self.auditInterval > now, last <= now { return false }
      uses[key] = now
      return true
    }
    guard isNews else { return }
    let entry = AuditEntry(
      time: now,
      actor: user,
      action: "secret.use",
      subject: "connection/\(connection.key)",
      detail: "run/\(run)"
    )
    do throws(StoreFailure) {
      try await environment.store.recordAudit(entry)
    } catch {
      environment.log.write(.error, "audit.failed", [("why", error.message)])
    }
  }
}
