package import Definitions
package import OrderedJSON

/// Makes the signed addresses at which triggers can be called without a token.
///
/// Source: workflow language reference, sections e.3 and (g).
package protocol CallbackAddressing: Sendable {
  /// The address of a trigger: `{value, method, basePath, relativePath?, relativePathParameters?,
  /// queries}`; `nil` when triggers of this type cannot be called.
  ///
  /// `base` is how the server is reached, without a trailing slash.
  ///
  /// - Throws: `RuntimeFailure` when the keys of the flow cannot be read or made.
  func address(of trigger: FlowTrigger, flow: String, base: String) async throws(RuntimeFailure)
    -> JSON?

  /// Makes a new key for a flow; addresses signed with the one it replaces work no more.
  ///
  /// It is one of two; addresses are signed with the one that is not secondary.
  ///
  /// - Throws: `RuntimeFailure` when the keys cannot be read or stored.
  func regenerateKey(of flow: String, isSecondary: Bool) async throws(RuntimeFailure)
}
