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
