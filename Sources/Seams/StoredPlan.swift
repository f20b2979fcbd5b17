/// A flow as some run started with it, stored under the hash of its content.
package struct StoredPlan: Hashable, Sendable {
  /// Hexadecimal SHA-256 of `document`.
  package var hash: String
  /// The flow's name when it was stored.
  package var flow: String
  /// JSON in UTF-8.
  package var document: [UInt8]

  package init(hash: String, flow: String, document: [UInt8]) {
    self.hash = hash
    self.flow = flow
    self.document = document
  }
}
