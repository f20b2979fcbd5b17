import Seams

extension WriteSession {
  /// See `AccessStore.createAccessToken`.
  func create(_ token: AccessToken) throws(SQLiteError) -> Result<Void, StoreFailure> {
    let isTaken = try access.findToken.first([.text(token.name)]) { _ in true } ?? false
    guard !isTaken else { return .failure(.tokenExists(token.name)) }
    try access.createToken.run(
      .text(token.name),
      .blob(token.hash),
      .text(token.role),
      .time(token.created),
      .time(token.expires)
    )
    return .success(())
  }

  /// See `AccessStore.deleteAccessToken`.
  func deleteAccessToken(_ name: String) throws(SQLiteError) -> Bool {
    try access.deleteToken.run(.text(name))
    return connection.changeCount > 0
  }

  /// See `AccessStore.saveCallbackKeys`.
  func saveCallbackKeys(_ sealed: [UInt8], of flow: String, replacing old: [UInt8]?)
    throws(SQLiteError) -> [UInt8]
  {
    let current = try access.findKeys.first([.text(flow)]) { $0.bytes(0) }
    if let current, current != old { return current }
    try access.saveKeys.run(.text(flow), .blob(sealed))
    return sealed
  }

  /// See `AccessStore.recordAudit`.
  func record(_ entry: AuditEntry) throws(SQLiteError) {
    try access.recordAudit.run(
      .time(entry.time),
      .text(entry.actor),
      .text(entry.action),
      .text(entry.subject),
      .text(entry.detail)
    )
  }
}
