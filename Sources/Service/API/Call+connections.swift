import Diagnostics

extension Call {
  /// Asks about connections.
  func connecting<Value: Sendable>(_ body: () async throws(Diagnostic) -> Value)
    async throws(Problem) -> Value
  {
    do throws(Diagnostic) { return try await body() } catch {
      switch error.code {
      case .unknownConnection: throw .notFound("ConnectionNotFound", error.message)
      case .foreignConnection: throw .forbidden(error.message)
      case .unreadableConnection: throw Problem(500, "ConnectionUnreadable", error.message)
      default: throw Problem([error], "InvalidConnection", "The connection cannot be used.")
      }
    }
  }
}
