extension DiagnosticCode {
  /// Every code there is, by area.
  package static let catalogue: [DiagnosticCode] = json + keys + listening + sandbox
}
