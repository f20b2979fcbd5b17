package import Definitions
package import Diagnostics
import Expressions
import OrderedJSON

/// Checks the connector actions of a flow against the definitions of their connectors.
package enum FlowConnectorCheck {
  /// Unknown connections (F0015), connectors (F0019), operations (C0002) and parameters (C0003),
  /// and missing required parameters (C0004), with their places.
  ///
  /// `references` leads from connection names in lower case to connectors.
  package static func problems(
    of flow: Flow,
    references: [String: String],
    connector: (String) -> Connector?
  ) -> [Diagnostic] {
    var report = FlowReport(source: flow.source)
    for action in flow.allActions {
      guard case .connector = action.kind else { continue }
      check(action, references, connector, &report)
    }
    return report.diagnostics
  }

  private static func check(
    _ action: FlowAction,
    _ references: [String: String],
    _ connector: (String) -> Connector?,
    _ report: inout FlowReport
  ) {
    let host = action.pointer.appending("inputs").appending("host")
    guard let reference = ConnectionName(action.inputs) else { return }
    guard let name = references[reference.text.lowercased()] else {
      let nearest = NearestName.suggestion(for: reference.text, among: references.keys.sorted())
      report.add(
        .unknownConnectionReference,
        "there is no connection '\(reference.text)'",
        JSONPointer(host.tokens + reference.path),
        hint: nearest.map { "did you mean '\($0)'?" } ?? "declare it in flows/connections.json",
        severity: .warning
      )
      return
    }
    guard let connector = connector(name) else {
      report.add(
        .unknownConnector,
        "the connector '\(name)' of the connection '\(reference.text)' is not installed",
        JSONPointer(host.tokens + reference.path),
        hint: "copy its folder to definitions/\(name)"
      )
      return
    }
    checkOperation(action, connector, &report)
  }

  private static func checkOperation(
    _ action: FlowAction,
    _ connector: Connector,
    _ report: inout FlowReport
  ) {
    let inputs = action.pointer.appending("inputs")
    guard let id = action.inputs["host"]?["operationId"]?.stringValue else {
      checkPath(action, connector, &report)
      return
    }
    guard !id.contains("@") else { return }
    guard let operation = connector.operation(id) else {
      let nearest = NearestName.suggestion(for: id, among: connector.operations.map(\.id))
      report.add(
        .unknownOperation,
        "'\(connector.name)' has no operation '\(id)'",
        inputs.appending("host").appending("operationId"),
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "'weir connector show \(connector.name)' lists its operations"
      )
      return
    }
    checkParameters(action, operation, connector, &report)
  }

  private static func checkParameters(
    _ action: FlowAction,
    _ operation: ConnectorOperation,
    _ connector: Connector,
    _ report: inout FlowReport
  ) {
    let inputs = action.pointer.appending("inputs")
    // Parameters that an expression makes as a whole are known only when it runs.
    if action.inputs["parameters"]?.stringValue != nil { return }
    let names = (action.inputs["parameters"]?.objectValue ?? JSONObject()).keys.map(\.self)
    guard !names.contains(where: { $0.hasPrefix("@") }) else { return }
    let builder = RequestBuilder(connector: connector, operation: operation)
    for name in names where !builder.knows(name) {
      let problem = builder.unknown(name)
      let place = inputs.appending("parameters").appending(name)
      report.add(problem.code, problem.message, place, hint: problem.hint, onKey: true)
    }
    for name in builder.missingNames(given: names) {
      let problem = builder.missing(name)
      let hasParameters = action.inputs["parameters"] != nil
      let place = hasParameters ? inputs.appending("parameters") : inputs
      report.add(problem.code, problem.message, place, hint: problem.hint, onKey: true)
    }
  }

  /// A path with expressions in it is matched when it runs.
  private static func checkPath(
    _ action: FlowAction,
    _ connector: Connector,
    _ report: inout FlowReport
  ) {
    guard let path = action.inputs["path"]?.stringValue, !path.contains("@") else { return }
    let call = PathCall(method: action.inputs["method"]?.stringValue ?? "GET", path: path)
    do throws(Diagnostic) {
      _ = try OperationMatcher.match(call, in: connector)
    } catch {
      let place = action.pointer.appending("inputs").appending("path")
      report.add(error.code, error.message, place, hint: error.hint)
    }
  }
}

/// The connection that an action's host names, when it is written out.
private struct ConnectionName {
  let text: String
  /// Below `host`.
  let path: [String]

  init?(_ inputs: JSON) {
    let candidates = [
      ["connectionName"], ["connection", "referenceName"], ["connection", "name"], ["connection"],
    ]
    for path in candidates {
      guard let written = inputs["host"]?.value(at: JSONPointer(path))?.stringValue else {
        continue
      }
      guard let text = Self.name(written) else { return nil }
      self.text = text
      self.path = path
      return
    }
    return nil
  }

  /// The last part of a resource id, or the name inside `@parameters('$connections')['name']…`.
  private static func name(_ written: String) -> String? {
    guard written.contains("@") else {
      return written.split(separator: "/").last.map(String.init)
    }
    let parts = written.split(separator: "'")
    guard parts.count >= 4, parts[1] == "$connections" else { return nil }
    return String(parts[3])
  }
}
