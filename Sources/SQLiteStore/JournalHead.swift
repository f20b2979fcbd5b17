/// What an append needs to know about a run.
struct JournalHead {
  let key: Int64
  var owner: String?
  /// How many entries the journal has.
  var version: Int
}
