/// Why the store refused or failed.
package struct StoreFailure: Error, Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable {
    /// Another process appended first or took the run over; nothing was written.
    case conflict
    /// A run of this name exists.
    case exists
    /// The trigger event started a run already, or the replay was begun; nothing was written.
    case fired
    case notFound
    case diskFull
    case readOnly
    /// The file is damaged or is no store.
    case corrupt
    /// The data folder was written by a newer version.
    case newerVersion
    /// Another process holds a lock for too long.
    case busy
    case closed
    case io
  }

  package var kind: Kind
  /// What happened, without values.
  package var message: String

  /// What to do about it.
  package var advice: String?

  package init(_ kind: Kind, _ message: String, advice: String? = nil) {
    self.kind = kind
    self.message = message
    self.advice = advice
  }
}
