extension Schema {
  /// Version 1.
  ///
  /// Events name their run by its integer key, and lie in the order of their arrival: many runs at
  /// once write to the same few pages, which doubles the throughput of a table in the order of its
  /// key. The lists of runs read one index range per status,
  /// newest first, so no list sorts more than it shows. The version of a run is the sequence of
  /// its last event and is kept nowhere else.
  static let initial = """
    CREATE TABLE plans (
      key INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      flow TEXT NOT NULL,
      document BLOB NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      flow TEXT NOT NULL,
      plan INTEGER NOT NULL REFERENCES plans (key),
      status TEXT NOT NULL,
      code TEXT,
      error TEXT,
      started INTEGER NOT NULL,
      ended INTEGER,
      trigger_name TEXT NOT NULL,
      trigger_type TEXT NOT NULL,
      parent_run TEXT,
      parent_mode TEXT,
      parent_action TEXT,
      owner TEXT,
      wakeup INTEGER
    ) STRICT;
    CREATE INDEX runs_by_status ON runs (status, started);
    CREATE INDEX runs_by_flow ON runs (flow, status, started);
    CREATE INDEX runs_by_parent ON runs (parent_run) WHERE parent_run IS NOT NULL;
    CREATE INDEX runs_by_wakeup ON runs (wakeup) WHERE wakeup IS NOT NULL;

    CREATE TABLE events (
      run INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      kind TEXT NOT NULL,
      time INTEGER NOT NULL,
      sealed INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (run, sequence)
    ) STRICT;

    CREATE TABLE gates (
      key INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE calls (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      gate INTEGER NOT NULL REFERENCES gates (key),
      start INTEGER NOT NULL,
      settled INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX calls_by_start ON calls (gate, start);

    CREATE TABLE connections (
      name TEXT PRIMARY KEY,
      connector TEXT NOT NULL,
      sealed BLOB NOT NULL,
      updated INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
