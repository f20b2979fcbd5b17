internal import HTTPMessages
internal import OrderedJSON

/// Who is typing, and who has read how far.
extension ChatService {
  var receiptOperations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/chat/threads/{thread}/typing", type),
      SandboxOperation("GET", "/chat/threads/{thread}/readReceipts", listReceipts),
      SandboxOperation("POST", "/chat/threads/{thread}/readReceipts", sendReceipt),
    ]
  }

  /// Nobody listens, so that nothing comes of it.
  private func type(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    _ = try call.body()
    _ = try read(call) { _, _ in true }
    return HTTPResponse(status: 200)
  }

  private func listReceipts(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page(call)
    let receipts = try read(call) { thread, _ in thread.receipts }
    return page.answer(receipts, to: call, \.json)
  }

  private func sendReceipt(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    guard let text = try call.body()["chatMessageId"]?.stringValue else {
      throw .badRequest("chatMessageId: a text is required.")
    }
    try change(call) { thread, _ throws(Problem) in
      guard let id = Int64(text), thread.messages.contains(where: { $0.id == id }) else {
        throw Self.noMessage
      }
      thread.read(id, by: caller.identifier, at: call.now)
    }
    return HTTPResponse(status: 200)
  }
}
