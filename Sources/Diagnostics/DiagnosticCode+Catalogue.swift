extension DiagnosticCode {
  /// Every code there is, by area.
  package static let catalogue: [DiagnosticCode] = [
    json, flows, tool, expressions, connectors, connections, runtime, keys, listening, replays,
    sandbox, tests, importing,
  ].flatMap(\.self)
}
