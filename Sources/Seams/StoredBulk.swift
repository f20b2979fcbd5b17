package import Engine

/// How the runs of a bulk are replayed, as it is stored.
package struct StoredBulk: Hashable, Sendable {
  package var name: String
  /// The order as JSON in UTF-8, sealed by the vault for `purpose`.
  package var sealedOrder: [UInt8]
  /// The run for whose intention alone the order was sealed, as earlier versions did; `nil` means
  /// the bulk.
  package var sealedRun: RunID?

  package init(name: String, sealedOrder: [UInt8], sealedRun: RunID? = nil) {
    self.name = name
    self.sealedOrder = sealedOrder
    self.sealedRun = sealedRun
  }

  package var purpose: String { SealPurpose.bulk(name, of: sealedRun) }
}
