package import HTTPMessages
package import Seams

/// What a scripted transport does with one request.
package struct ScriptedAnswer: Hashable, Sendable {
  package var result: Result<HTTPResponse, TransportFailure>
  /// How long it takes; `nil` never answers.
  package var latency: Duration?

  package init(result: Result<HTTPResponse, TransportFailure>, latency: Duration?) {
    self.result = result
    self.latency = latency
  }

  package static func respond(_ response: HTTPResponse, after latency: Duration = .zero) -> Self {
    Self(result: .success(response), latency: latency)
  }

  package static func fail(_ failure: TransportFailure, after latency: Duration = .zero) -> Self {
    Self(result: .failure(failure), latency: latency)
  }

  /// Nothing accepts the connection.
  package static let refused = fail(TransportFailure(.connection, "nothing accepts connections"))

  /// No answer ever comes.
  package static let silence = Self(result: refused.result, latency: nil)
}
