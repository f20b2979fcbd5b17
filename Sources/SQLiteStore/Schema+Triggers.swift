extension Schema {
  /// Version 3.
  ///
  /// The key of a fire and of a message is its place in the order of arrival. Lists of fires read
  /// one index range per status, newest first, so that none sorts more than it shows; what waits
  /// has indexes of its own, which cost nothing for what does not. A run has an owner while it is
  /// driven, and is woken while it has none.
  static let triggers = """
    CREATE TABLE flows (
      name TEXT PRIMARY KEY,
      plan INTEGER NOT NULL REFERENCES plans (key),
      enabled INTEGER NOT NULL,
      changed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE triggers (
      flow TEXT NOT NULL,
      name TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      paused INTEGER NOT NULL,
      due INTEGER,
      last INTEGER,
      sealed BLOB,
      PRIMARY KEY (flow, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE fires (
      key INTEGER PRIMARY KEY,
      flow TEXT NOT NULL,
      trigger TEXT NOT NULL,
      identity TEXT NOT NULL,
      status TEXT NOT NULL,
      intended INTEGER NOT NULL,
      actual INTEGER NOT NULL,
      run TEXT,
      code TEXT,
      error TEXT,
      payload BLOB,
      UNIQUE (flow, trigger, identity)
    ) STRICT;
    CREATE INDEX fires_by_status ON fires (status, intended);
    CREATE INDEX fires_by_flow ON fires (flow, status, intended);
    CREATE INDEX fires_by_trigger ON fires (flow, trigger, status, intended);
    CREATE INDEX fires_waiting ON fires (key) WHERE status = 'Waiting';
    CREATE INDEX fires_waiting_by_flow ON fires (flow, key) WHERE status = 'Waiting';
    CREATE INDEX fires_waiting_by_trigger ON fires (flow, trigger, key) WHERE status = 'Waiting';

    CREATE TABLE messages (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      flow TEXT NOT NULL,
      trigger TEXT NOT NULL,
      batch TEXT NOT NULL,
      partition TEXT NOT NULL,
      id TEXT NOT NULL,
      arrived INTEGER NOT NULL,
      sealed BLOB NOT NULL,
      UNIQUE (flow, trigger, batch, partition, id)
    ) STRICT;
    CREATE INDEX messages_by_arrival ON messages (flow, trigger, batch, partition, key);

    CREATE TABLE access_tokens (
      name TEXT PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,
      role TEXT NOT NULL,
      created INTEGER NOT NULL,
      expires INTEGER
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE callback_keys (
      flow TEXT PRIMARY KEY,
      sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit (
      key INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      actor TEXT NOT NULL,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT
    ) STRICT;
    CREATE INDEX audit_by_time ON audit (time);

    CREATE INDEX runs_by_owner ON runs (owner) WHERE owner IS NOT NULL;
    DROP INDEX runs_by_wakeup;
    CREATE INDEX runs_by_wakeup ON runs (wakeup) WHERE wakeup IS NOT NULL AND owner IS NULL;
    """
}
