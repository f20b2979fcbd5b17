package import Definitions
package import HTTPMessages
package import OrderedJSON

/// What a trigger that is called over HTTP accepts, and what it makes of a request.
///
/// Source: workflow language reference, section e.3.
package struct RequestTrigger: Sendable {
  /// In upper case; `nil` accepts any.
  package let method: String?
  /// As written, without slashes around it; empty without one.
  package let relativePath: String
  private let segments: [Segment]
  private let keepsAuthorization: Bool

  private enum Segment: Hashable, Sendable {
    case literal(String)
    case variable(String)
  }

  /// `nil` for a trigger that nobody calls.
  package init?(_ trigger: FlowTrigger) {
    guard Self.types.contains(trigger.type.lowercased()) else { return nil }
    method = trigger.inputs["method"]?.stringValue.map { $0.uppercased() }
    let path = trigger.inputs["relativePath"]?.stringValue ?? ""
    let parts = path.split(separator: "/")
    relativePath = parts.joined(separator: "/")
    segments = parts.map(Self.segment)
    keepsAuthorization = trigger.options.contains("includeauthorizationheadersinoutputs")
  }

  private static let types: Set<String> = ["request", "manual", "button", "powerappv2"]

  private static func segment(_ text: Substring) -> Segment {
    text.hasPrefix("{") && text.hasSuffix("}") && text.count > 2
      ? .variable(String(text.dropFirst().dropLast())) : .literal(String(text))
  }

  /// The names in the relative path.
  package var variables: [String] {
    segments.compactMap { if case .variable(let name) = $0 { name } else { nil } }
  }

  // MARK: Requests

  /// Why a request is not accepted.
  package enum Refusal: Error, Hashable, Sendable {
    /// The trigger wants this method.
    case method(String)
    /// The path does not fit.
    case path
    /// The body is not the JSON that its type says.
    case body
  }

  /// What `triggerOutputs()` returns: `{headers, queries, relativePathParameters, body}`, without
  /// those that are empty; `path` is what follows `invoke` in the request's path.
  package func outputs(of request: HTTPRequest, path: some StringProtocol) throws(Refusal)
    -> JSONObject
  {
    guard let parameters = parameters(in: path) else { throw .path }
    if let method, method != request.method.uppercased() { throw .method(method) }
    return try CallbackMessage.outputs(
      of: request,
      parameters: parameters,
      keepsAuthorization: keepsAuthorization
    )
  }

  /// The decoded values of the variables; `nil` when the path has another shape.
  private func parameters(in path: some StringProtocol) -> JSONObject? {
    let given = path.split(separator: "/")
    guard given.count == segments.count else { return nil }
    var parameters = JSONObject()
    for (segment, part) in zip(segments, given) {
      let text = PercentEncoding.decode(part)
      switch segment {
      case .literal(let literal): guard text == literal else { return nil }
      case .variable(let name): parameters[name] = .string(text)
      }
    }
    return parameters
  }
}
