internal import Definitions
internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Checks an action that names its operation by method and path.
///
/// Source: workflow language reference, section d.5 (ApiConnection).
struct PathCheck {
  let use: ConnectorUse
  let connector: Connector
  let kinds: KindInference

  func run(_ report: inout FlowReport) {
    guard use.inputs["path"]?.stringValue != nil || use.inputs["pathTemplate"] != nil else {
      return
    }
    let call = PathCall(inputs: use.inputs)
    guard !call.method.contains("@"), let path = call.checkablePath else { return }
    let checkable = PathCall(method: call.method, path: path)
    do throws(Diagnostic) {
      let operation = try OperationMatcher.match(checkable, in: connector).operation
      OperationCheck(use: use, connector: connector, kinds: kinds).checkUse(of: operation, &report)
      checkMissing(operation, call, &report)
    } catch {
      // The value of an expression may hold several segments.
      let severity: Diagnostic.Severity = path == call.path ? .error : .warning
      report.add(
        error.code,
        error.message,
        use.operationPlace,
        hint: error.hint,
        severity: severity
      )
    }
  }

  /// Required queries, headers and the body; path values are part of the path.
  private func checkMissing(
    _ operation: ConnectorOperation,
    _ call: PathCall,
    _ report: inout FlowReport
  ) {
    let builder = RequestBuilder(connector: connector, operation: operation)
    for parameter in operation.parameters
    where parameter.isRequired && parameter.defaultValue == nil && !parameter.isInternal {
      switch parameter.location {
      case .query where isMissing(parameter.name, in: "queries"),
        .header where isMissing(parameter.name, in: "headers"):
        add(builder.missing(parameter.name), &report)
      default: continue
      }
    }
    if let body = operation.body, body.isRequired, call.body == nil, body.visibility != .internal {
      add(builder.missing(body.name), &report)
    }
  }

  private func isMissing(_ name: String, in member: String) -> Bool {
    switch use.inputs[member] {
    case nil: true
    case .object(let object):
      object.value(ignoringCaseOf: name) == nil && !object.keys.contains { $0.hasPrefix("@") }
    default: false
    }
  }

  private func add(_ problem: Diagnostic, _ report: inout FlowReport) {
    report.add(problem.code, problem.message, use.place, hint: problem.hint, onKey: true)
  }
}
