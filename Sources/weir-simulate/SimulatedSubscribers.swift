import HTTPMessages
import OrderedJSON
import Synchronization

/// A service that reports to whoever subscribed.
final class SimulatedSubscribers: Counterpart {
  static let host = "hook.service.example"

  private struct State {
    var active: [String] = []
    /// Ended ones; a subscription may arrive after its end.
    var ended: Set<String> = []
  }

  private let state = Mutex(State())
  private let trouble: @Sendable () -> HTTPResponse?

  init(trouble: @escaping @Sendable () -> HTTPResponse?) { self.trouble = trouble }

  var name: String { Self.host }

  /// The addresses of those who are subscribed.
  var addresses: [String] { state.withLock { $0.active } }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    if let problem = trouble() { return problem }
    guard let url = (try? JSON(parsing: request.body))?["url"]?.stringValue else {
      return HTTPResponse(status: 400)
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
