extension Schema {
  /// Version 4.
  ///
  /// A row of `replays` is a replay that is intended and not begun. Before, these were events of a
  /// flow of no possible name, each with its own copy of the order.
  static let replays = """
    CREATE TABLE bulks (
      key INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      sealed_order BLOB NOT NULL,
      sealed_run TEXT
    ) STRICT;

    CREATE TABLE replays (
      bulk INTEGER NOT NULL REFERENCES bulks (key),
      run TEXT NOT NULL,
      place INTEGER NOT NULL,
      PRIMARY KEY (bulk, run)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO bulks (name, sealed_order, sealed_run)
    SELECT trigger, payload, identity FROM fires WHERE key IN (
      SELECT min(key) FROM fires
      WHERE flow = '@replay' AND status = 'Waiting' AND payload IS NOT NULL GROUP BY trigger
    ) ORDER BY key;
    INSERT INTO replays (bulk, run, place)
    SELECT bulks.key, identity, fires.key FROM fires JOIN bulks ON bulks.name = trigger
    WHERE flow = '@replay' AND status = 'Waiting';
    DELETE FROM fires WHERE flow = '@replay';
    """
}
