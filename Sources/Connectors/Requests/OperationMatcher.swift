package import Definitions
package import Diagnostics
internal import HTTPMessages

/// Finds the operation that a method and a path mean.
///
/// Source: connector format reference, section (b), how callers name inputs.
package enum OperationMatcher {
  /// The operation and the encoded values of its path; of several the one with most fixed text.
  ///
  /// - Throws: C0006 when no operation has this method and path.
  package static func match(_ call: PathCall, in connector: Connector) throws(Diagnostic)
    -> (operation: ConnectorOperation, values: [(name: String, value: String)])
  {
    let method = call.method.uppercased()
    let path = ComponentEncoding.encodePath(String(call.path.prefix { $0 != "?" }))
    var best: (operation: ConnectorOperation, values: [(name: String, value: String)])?
    for operation in connector.operations where operation.method == method {
      let template = PathTemplate(Self.encodedLiterals(operation.path))
      guard let values = template.match(path),
        operation.path.literalLength > best?.operation.path.literalLength ?? -1
      else { continue }
      best = (operation, values)
    }
    guard let best else { throw failure(method, path, connector) }
    return best
  }

  private static func encodedLiterals(_ path: PathTemplate) -> String {
    path.parts.map { part in
      switch part {
      case .literal(let text): ComponentEncoding.encodePath(text)
      case .variable(let name): "{\(name)}"
      }
    }.joined()
  }

  private static func failure(_ method: String, _ path: String, _ connector: Connector)
    -> Diagnostic
  {
    let routes = connector.operations.map { "\($0.method) \($0.path.text)" }
    let nearest = NearestName.suggestion(for: "\(method) \(path)", among: routes)
    return Diagnostic(
      .unmatchedPath,
      "no operation of '\(connector.name)' is '\(method) \(path)'",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "write the path without the base path '\(connector.address.basePath)'"
    )
  }
}
