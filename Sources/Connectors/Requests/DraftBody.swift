package import OrderedJSON

/// The body of a request that is being made; JSON stays a value so that policies can change it.
package enum DraftBody: Sendable {
  case none
  case json(JSON)
  case bytes([UInt8])

  /// What goes over the wire.
  package var bytes: [UInt8] {
    switch self {
    case .none: []
    case .json(let value): value.bytes
    case .bytes(let bytes): bytes
    }
  }
}
