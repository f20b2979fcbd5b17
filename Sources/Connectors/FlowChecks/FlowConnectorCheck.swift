package import Definitions
package import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Checks the connector actions and triggers of a flow against the definitions of their connectors.
package enum FlowConnectorCheck {
  /// Everything that is wrong, with its place.
  ///
  /// Unknown connections (F0015), connectors (F0019), operations (C0002, C0006) and parameters
  /// (C0003), missing required parameters (C0004), operations that cannot be executed (C0007, C0010)
  /// or are used in the wrong place (C0013), and literals that do not fit (C0014).
  ///
  /// `references` leads from connection names in lower case to connectors.
  package static func problems(
    of flow: Flow,
    references: [String: String],
    connector: (String) -> Connector?
  ) -> [Diagnostic] {
    var report = FlowReport(source: flow.source)
    let uses =
      flow.triggers.compactMap { ConnectorUse($0) }
      + flow.allActions.compactMap { ConnectorUse($0) }
    let kinds = KindInference(flow)
    for use in uses {
      guard let connector = find(use, references, connector, &report) else { continue }
      let check = OperationCheck(use: use, connector: connector, kinds: kinds)
      check.run(&report)
    }
    return report.diagnostics
  }

  private static func find(
    _ use: ConnectorUse,
    _ references: [String: String],
    _ connector: (String) -> Connector?,
    _ report: inout FlowReport
  ) -> Connector? {
    guard let reference = ConnectionName(use.inputs) else { return nil }
    let place = JSONPointer(use.place.appending("host").tokens + reference.path)
    guard let name = references[reference.text.lowercased()] else {
      let nearest = NearestName.suggestion(for: reference.text, among: references.keys.sorted())
      report.add(
        .unknownConnectionReference,
        "there is no connection '\(reference.text)'",
        place,
        hint: nearest.map { "did you mean '\($0)'?" } ?? "declare it in flows/connections.json",
        severity: .warning
      )
      return nil
    }
    if let found = connector(name) { return found }
    report.add(
      .unknownConnector,
      "the connector '\(name)' of the connection '\(reference.text)' is not installed",
      place,
      hint: "copy its folder to definitions/\(name)"
    )
    return nil
  }
}
