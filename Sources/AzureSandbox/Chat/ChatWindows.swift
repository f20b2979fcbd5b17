internal import Timekeeping

/// The windows of the Chat service.
struct ChatWindows: Sendable {
  private let creations: ServiceWindow
  private let messages: ServiceWindow
  private let messagesPerMinute: ServiceWindow

  init(_ limits: ChatLimits) {
    creations = ServiceWindow("chat-create", calls: limits.creations, length: .seconds(10))
    messages = ServiceWindow("chat-send", calls: limits.messages, length: .seconds(10))
    messagesPerMinute = ServiceWindow(
      "chat-send-minute",
      calls: limits.messagesPerMinute,
      length: .seconds(60)
    )
  }

  func enterCreation(by user: CommunicationIdentifier, at now: Timestamp) throws(Problem) {
    try creations.enter(user.rawID, at: now)
  }

  func enterMessage(to thread: String, at now: Timestamp) throws(Problem) {
    try messages.enter(thread, at: now)
    try messagesPerMinute.enter(thread, at: now)
  }
}
