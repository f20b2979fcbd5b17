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
  /// Names the step that sends it, which does so once however often it is repeated; the store does
  /// not give it back.
  package var sender: String?

  package init(
    key: Int64 = 0,
    flow: String,
    trigger: String,
    batch: String,
    partition: String,
    id: String,
    arrived: Timestamp,
    sealed: [UInt8],
    sender: String? = nil
  ) {
    self.key = key
    self.flow = flow
    self.trigger = trigger
    self.batch = batch
    self.partition = partition
    self.id = id
    self.arrived = arrived
    self.sealed = sealed
    self.sender = sender
  }

  /// The flow under which steps that sent messages stand in the history; no flow can have this name.
  package static let senders = "@batch"

  /// The entry that says that its sender has sent it; `nil` without a sender.
  package var sending: TriggerFire? {
    sender.map { sender in
      TriggerFire(
        flow: Self.senders,
        trigger: "\(flow)/\(trigger)",
        identity: sender,
        status: .skipped,
        intended: arrived,
        actual: arrived,
        code: "Gathered"
      )
    }
  }
}
