import Engine
import HTTPMessages
import Synchronization
import Timekeeping

/// What a run under test asked of the world.
final class RunLog: Sendable {
  /// A call that no mock answers.
  struct Unanswered: Sendable {
    var site: CallSite?
    var request: HTTPRequest?
    /// The mock whose answers were all given.
    var usedUp: Mock?
  }

  private struct Content {
    var requests: [SentRequest] = []
    var unanswered: [Unanswered] = []
    var missingSettings: [String] = []
  }

  private let content = Mutex(Content())

  func note(_ request: SentRequest) { content.withLock { $0.requests.append(request) } }

  func note(_ call: Unanswered) { content.withLock { $0.unanswered.append(call) } }

  func noteMissing(setting: String) {
    content.withLock { content in
      if !content.missingSettings.contains(setting) { content.missingSettings.append(setting) }
    }
  }

  var requests: [SentRequest] { content.withLock(\.requests) }
  var unanswered: [Unanswered] { content.withLock(\.unanswered) }
  var missingSettings: [String] { content.withLock(\.missingSettings) }
}
