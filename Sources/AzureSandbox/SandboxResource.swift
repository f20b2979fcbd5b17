internal import HTTPMessages
internal import Crypto
internal import Seams

/// The Communication Services resource that the sandbox stands in for.
package struct SandboxResource: Sendable {
  /// The immutable id, part of every user id: a GUID.
  package let id: String
  /// The primary and the secondary access key, 64 bytes each.
  package let keys: [[UInt8]]

  init(from entropy: some Entropy) {
    id = entropy.uuid()
    keys = [entropy.bytes(64), entropy.bytes(64)]
  }

  /// What clients are configured with: the endpoint and the primary access key.
  ///
  /// Source: Azure Communication fact sheet, section 1.1.
  package func connectionString(endpoint: String) -> String {
    "endpoint=\(endpoint)/;accesskey=\(Base64.encode(keys[0]))"
  }
}
