extension DiagnosticCode {
  /// Every code there is, by area.
  package static let catalogue: [DiagnosticCode] =
    json + flows + expressions + connectors + connections + keys + listening + sandbox
}
