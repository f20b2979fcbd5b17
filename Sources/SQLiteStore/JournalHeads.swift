import Engine

/// The heads of runs in flight, so that an append need not look them up.
///
/// Right only as long as no other connection writes; `WriteSession` sees to that.
struct JournalHeads {
  private var heads: [RunID: JournalHead] = [:]

  /// How many heads are kept; beyond that all are looked up afresh.
  private static let limit = 20_000

  subscript(run: RunID) -> JournalHead? {
    get { heads[run] }
    set {
      if heads.count >= Self.limit { heads = [:] }
      heads[run] = newValue
    }
  }

  mutating func removeAll() { heads = [:] }
}
