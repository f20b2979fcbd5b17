package import Timekeeping

/// A message that a batch trigger gathers until it releases its partition.
///
/// Source: workflow language reference, section e.6.
package struct BatchMessage: Hashable, Sendable {
  /// Its place in the order of arrival; the store sets it.
  package var key: Int64
  package var flow: String
  package var trigger: String
  package var batch: String
  package var partition: String
  /// Unique in its partition.
  package var id: String
  package var arrived: Timestamp
  /// The content as JSON in UTF-8; sealed for `message/<flow>/<trigger>`.
  package var sealed: [UInt8]

  package init(
    key: Int64 = 0,
    flow: String,
    trigger: String,
    batch: String,
    partition: String,
    id: String,
    arrived: Timestamp,
    sealed: [UInt8]
  ) {
    self.key = key
    self.flow = flow
    self.trigger = trigger
    self.batch = batch
    self.partition = partition
    self.id = id
    self.arrived = arrived
    self.sealed = sealed
  }
}
