internal import HTTPMessages
internal import OrderedJSON

/// What is said in threads.
extension ChatService {
  private static let largestMessage = 28 << 10

  var messageOperations: [SandboxOperation] {
    let path = "/chat/threads/{thread}/messages"
    return [
      SandboxOperation("POST", path, send),
      SandboxOperation("GET", path, listMessages),
      SandboxOperation("GET", path + "/{message}", showMessage),
      SandboxOperation("PATCH", path + "/{message}", updateMessage),
      SandboxOperation("DELETE", path + "/{message}", deleteMessage),
    ]
  }

  private func send(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    // Whoever takes no part fills no window.
    let thread = try read(call) { thread, _ in thread.id }
    try windows?.enterMessage(to: thread, at: call.now)
    let body = try call.body()
    let content = try Self.content(body["content"])
    let kind = try Self.kind(body["type"])
    let metadata = try Self.metadata(body["metadata"], onto: [:])
    let id = try change(call) { thread, participant in
      thread.post(kind, by: caller.identifier, at: call.now) { message in
        message.text = content
        message.metadata = metadata
        message.senderDisplayName =
          body["senderDisplayName"]?.stringValue ?? participant.displayName
      }
    }
    return .json(201, ["id": .string(String(id))])
  }

  /// Newest first.
  private func listMessages(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page(call, skip: "syncState")
    let start = try Self.startTime(call)
    let messages = try read(call) { thread, reader in
      let first = max(start, reader.sharedFrom ?? start)
      return thread.messages.reversed().filter {
        $0.created >= first && (page.skip == 0 || $0.sequence < page.skip)
      }
    }
    return page.answer(messages[...], to: call, next: \.sequence, \.json)
  }

  private func showMessage(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = Self.messageID(call)
    let message = try read(call) { thread, reader in
      thread.messages.first { $0.id == id && $0.created >= reader.sharedFrom ?? $0.created }
    }
    guard let message else { throw Self.noMessage }
    return .json(200, message.json)
  }

  private func updateMessage(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let patch = try call.mergePatch()
    let content =
      try patch["content"].flatMap { $0.isNull ? nil : $0 }
      .map { value throws(Problem) in try Self.content(value) }
    try changeOwn(call) { message throws(Problem) in
      if let content { message.text = content }
      message.metadata = try Self.metadata(patch["metadata"], onto: message.metadata)
      message.edited = call.now
    }
    return HTTPResponse(status: 204)
  }

  private func deleteMessage(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try changeOwn(call) { message in message.deleted = call.now }
    return HTTPResponse(status: 204)
  }

  /// Changes the message of the path, which must be the caller's.
  private func changeOwn(
    _ call: ServiceCall,
    _ body: (inout ChatMessage) throws(Problem) -> Void
  ) throws(Problem) {
    let caller = try ChatCaller(call)
    let id = Self.messageID(call)
    try change(call) { thread, _ throws(Problem) in
      let changed: Void? = try thread.change(id, at: call.now) { message throws(Problem) in
        guard message.sender == caller.identifier, message.kind == .text || message.kind == .html
        else { throw Problem(403, "Forbidden", "Only the sender may change a message.") }
        try body(&message)
      }
      guard changed != nil else { throw Self.noMessage }
    }
  }

  // MARK: Members

  static let noMessage = Problem(404, "NotFound", "The thread has no such message.")

  /// The id of the path; 0, which no message has, for other text.
  private static func messageID(_ call: ServiceCall) -> Int64 {
    Int64(call.parameters["message"] ?? "") ?? 0
  }

  private static func content(_ value: JSON?) throws(Problem) -> String {
    guard let content = value?.stringValue, !content.isEmpty else {
      throw .badRequest("content: a text is required.")
    }
    guard content.utf8.count <= largestMessage else {
      throw Problem(
        413,
        "MessageTooLarge",
        "content: \(content.utf8.count) bytes are more than \(largestMessage)."
      )
    }
    return content
  }

  private static func kind(_ value: JSON?) throws(Problem) -> ChatMessage.Kind {
    guard let value, !value.isNull else { return .text }
    switch value.stringValue?.lowercased() {
    case "text": return .text
    case "html": return .html
    default: throw .badRequest("type: must be text or html.")
    }
  }

  /// A merge patch: `null` takes a text away.
  private static func metadata(
    _ value: JSON?,
    onto metadata: [String: String]
  ) throws(Problem) -> [String: String] {
    guard let value, !value.isNull else { return metadata }
    guard let object = value.objectValue else {
      throw .badRequest("metadata: must be an object of texts.")
    }
    var merged = metadata
    for member in object.members {
      guard member.value.isNull || member.value.stringValue != nil else {
        throw .badRequest("metadata: '\(member.key)' must be a text.")
      }
      merged[member.key] = member.value.stringValue
    }
    return merged
  }
}
