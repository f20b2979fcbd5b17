internal import Definitions

/// A signer with the values of a connection.
struct BoundSigning: Sendable {
  var signer: RequestSigner
  /// The address that the connection string names.
  var endpoint: ServiceAddress?

  func address(_ draft: inout RequestDraft) {
    guard let endpoint else { return }
    draft.base.scheme = endpoint.scheme
    draft.base.authority = endpoint.authority
  }
}
