import Seams

extension WriteSession {
  /// See `Store.saveConnection`.
  func save(_ stored: StoredConnection) throws(SQLiteError) {
    try connections.save.run(
      .text(stored.name),
      .text(stored.connector),
      .blob(stored.sealed),
      .time(stored.updated)
    )
  }

  /// See `Store.deleteConnection`.
  func deleteConnection(_ name: String) throws(SQLiteError) -> Bool {
    try connections.delete.run(.text(name))
    return connection.changeCount > 0
  }
}
