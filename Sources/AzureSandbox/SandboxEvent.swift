/// The events that the sandbox logs.
enum SandboxEvent {
  /// A credential was refused.
  ///
  /// Fields: `method`, `target`, `reason`, and for a wrong signature `expected` (the string to
  /// sign, line feeds as `\n`) and `received`.
  static let refused = "sandbox.credential.refused"

  /// A signature was accepted that a client computed in a known deviant way.
  ///
  /// Fields: `method`, `target`, `quirk`.
  static let quirk = "sandbox.signature.quirk"

  /// The state file could not be written; the client was told 500.
  ///
  /// Fields: `reason`.
  static let unsaved = "sandbox.state.unsaved"

  /// A part of the state file is not of this version; it begins anew.
  ///
  /// Fields: `name`.
  static let unreadable = "sandbox.state.unreadable"

  /// A fault applied to a request.
  ///
  /// Fields: `fault`, `target`.
  static let fault = "sandbox.fault.applied"
}
