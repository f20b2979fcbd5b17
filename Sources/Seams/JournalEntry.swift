package import Timekeeping

/// One stored event of a run, encoded.
package struct JournalEntry: Hashable, Sendable {
  /// The kind of event, such as `actionStarted`.
  package var kind: String
  package var time: Timestamp
  /// The encoded event; sealed by the vault when `isSealed`.
  package var data: [UInt8]
  package var isSealed: Bool

  package init(kind: String, time: Timestamp, data: [UInt8], isSealed: Bool) {
    self.kind = kind
    self.time = time
    self.data = data
    self.isSealed = isSealed
  }
}
