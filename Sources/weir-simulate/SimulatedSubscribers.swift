import Engine
import HTTPMessages
import OrderedJSON
import Synchronization

/// A service that reports to whoever subscribed.
final class SimulatedSubscribers: Counterpart {
  static let host = "hook.service.example"

  private struct State {
    var active: [String] = []
    /// Those that it will not end: it said so, and nobody asks for it again.
    var kept: Set<String> = []
    /// Ended ones; a subscription may arrive after its end.
    var ended: Set<String> = []
  }

  private let state = Mutex(State())
  private let trouble: @Sendable () -> HTTPResponse?

  init(trouble: @escaping @Sendable () -> HTTPResponse?) { self.trouble = trouble }

  var name: String { Self.host }

  /// The addresses of those who are subscribed, and whose end was not refused.
  var addresses: [String] {
    state.withLock { state in state.active.filter { !state.kept.contains($0) } }
  }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let url = (try? JSON(parsing: request.body))?["url"]?.stringValue else {
      return HTTPResponse(status: 400)
    }
    if let problem = trouble() {
      if request.path == "/unsubscribe", !RetryRule.isRetryable(statusCode: problem.status) {
        _ = state.withLock { $0.kept.insert(url) }
      }
      return problem
    }
    state.withLock { state in
      if request.path == "/unsubscribe" {
        state.ended.insert(url)
        state.active.removeAll { $0 == url }
      } else if !state.ended.contains(url), !state.active.contains(url) {
        state.active.append(url)
      }
    }
    return HTTPResponse(status: request.path == "/unsubscribe" ? 200 : 201)
  }
}
