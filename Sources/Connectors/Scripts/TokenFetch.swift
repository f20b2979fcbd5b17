internal import Definitions
package import HTTPMessages
package import OrderedJSON

/// A token that a call needs: how to ask for it and how long its answer is good.
///
/// Source: definitions/README.md, `tokens`.
package struct TokenFetch: Sendable {
  /// The name in `runtime.json`.
  package var name: String
  package var request: PreparedRequest
  private let expiresIn: @Sendable (JSON) -> Double?

  init(name: String, request: PreparedRequest, expiresIn: @escaping @Sendable (JSON) -> Double?) {
    self.name = name
    self.request = request
    self.expiresIn = expiresIn
  }

  /// What mappings see of the answer.
  package func outputs(of response: HTTPResponse) -> JSON {
    .object(ResponseDecoder().outputs(of: response))
  }

  /// How long the answer may be used, a minute less than the service says.
  ///
  /// 5 minutes when the answer does not tell, at least 5 seconds, at most a day.
  package func lifetime(of outputs: JSON) -> Duration {
    let seconds = expiresIn(outputs) ?? 300
    guard seconds.isFinite else { return .seconds(300) }
    let safe = seconds > 120 ? seconds - 60 : seconds / 2
    return .seconds(min(max(safe, 5), 86_400))
  }
}
