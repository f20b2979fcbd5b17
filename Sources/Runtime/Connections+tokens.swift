import Connectors
import Diagnostics

/// What happens when a service refuses a token.
extension Connections {
  func token(
    _ order: TokenOrder,
    _ connection: ActiveConnection,
    rejected: String?
  ) async throws(Diagnostic) -> String {
    do throws(Diagnostic) {
      return try await tokens.token(for: order, rejected: rejected)
    } catch {
      if error.code == .signInRefused || error.code == .missingToken {
        await mark(connection, .unauthenticated)
      }
      throw Self.naming(connection.name, order, error)
    }
  }

  /// Gets another token in place of the refused one; `false` when the connection uses none.
  ///
  /// - Throws: What `TokenSource` throws.
  func replaceToken(of connection: ActiveConnection, rejected: String?)
    async throws(Diagnostic) -> Bool
  {
    guard let order = connection.order, let rejected else { return false }
    let fresh = try await token(order, connection, rejected: rejected)
    guard fresh != rejected else { return false }
    connection.take(fresh)
    return true
  }

  /// Notes what an answer says about the credentials of the connection.
  func note(_ status: Int, of call: ConnectorCall, _ connection: ActiveConnection) async {
    guard connection.status != nil else { return }
    let isRefused = connection.order != nil && status == 401
    if isRefused
      || ConnectionHealth.isBroken(by: status, of: call.operation, in: connection.connector)
    {
      await mark(connection, .unauthenticated)
    } else if (200..<300).contains(status) {
      await mark(connection, .connected)
    }
  }

  private func mark(_ connection: ActiveConnection, _ status: ConnectionRecord.Status) async {
    guard let known = connection.status, known != status else { return }
    await book.mark(connection.key, status)
  }

  private static func naming(_ name: String, _ order: TokenOrder, _ problem: Diagnostic)
    -> Diagnostic
  {
    var named = problem
    named.message = "the connection '\(name)' has no token: \(problem.message)"
    let command = "weir connection rotate \(name)"
    if problem.code == .missingToken {
      named.hint = "sign in: \(command)"
    } else if problem.code == .signInRefused, order.isStored, case .signIn = order.credential {
      named.hint = [problem.hint, command].compactMap { $0 }.joined(separator: "; ")
    }
    return named
  }
}
