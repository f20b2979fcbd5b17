extension Schema {
  /// Version 2.
  ///
  /// A row outlives its token, so that its fence never repeats. Leases ended at `leased_until` in
  /// earlier versions; the column stays empty now.
  static let tokens = """
    CREATE TABLE tokens (
      key TEXT PRIMARY KEY,
      sealed BLOB,
      updated INTEGER,
      fence INTEGER NOT NULL,
      holder TEXT,
      leased_until INTEGER
    ) STRICT, WITHOUT ROWID;
    """
}
