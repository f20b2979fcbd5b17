/// The events that the sandbox logs.
enum SandboxEvent {
  /// A credential was refused.
  ///
  /// Fields: `method`, `target`, `reason`, and for a wrong signature `expected`
  /// (the strings to sign, line feeds as `\n`) and `received`.
  static let refused = "sandbox.credential.refused"
  /// A signature was accepted that a client computed in a known deviant way.
  ///
  /// Fields: `method`, `target`,
  /// `quirk`.
  static let quirk = "sandbox.signature.quirk"
  /// A fault applied to a request.
  ///
  /// Fields: `fault`, `target`.
  static let fault = "sandbox.fault.applied"
}

/// The header fields that only the sandbox sends.
enum SandboxHeader {
  /// Why a credential was refused.
  static let reason = "x-weir-sandbox-reason"
  /// In which deviant way the accepted signature was computed.
  static let quirk = "x-weir-sandbox-signature-quirk"
  /// Which limit a 429 comes from.
  static let limit = "x-weir-sandbox-limit"
  /// Which fault made the answer.
  static let fault = "x-weir-sandbox-fault"
}
