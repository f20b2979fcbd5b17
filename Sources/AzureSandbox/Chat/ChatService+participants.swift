internal import HTTPMessages
internal import OrderedJSON

/// Who takes part in threads.
extension ChatService {
  var participantOperations: [SandboxOperation] {
    let path = "/chat/threads/{thread}/participants"
    return [
      SandboxOperation("GET", path, listParticipants),
      SandboxOperation("POST", path + "/:add", addParticipants),
      SandboxOperation("POST", path + "/:remove", removeParticipant),
    ]
  }

  private func listParticipants(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page(call)
    let participants = try read(call) { thread, _ in thread.participants }
    return page.answer(participants, to: call, \.json)
  }

  private func addParticipants(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    try caller.requireParticipantRights()
    let list = try ChatParticipant.list(try call.body()["participants"])
    guard !list.isEmpty else { throw .badRequest("participants: at least one is needed.") }
    let (welcome, refused) = Self.sort(list, call)
    try change(call) { thread, _ throws(Problem) in
      let all = Set(thread.participants.map(\.identifier)).union(welcome.map(\.identifier))
      guard all.count <= ChatThread.mostParticipants else {
        throw .badRequest("A thread has at most \(ChatThread.mostParticipants) participants.")
      }
      thread.add(welcome, by: caller.identifier, at: call.now)
    }
    return .json(201, ["invalidParticipants": .array(refused)])
  }

  private func removeParticipant(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    try caller.requireParticipantRights()
    let identifier = try CommunicationIdentifier(.object(try call.body()))
    try change(call) { thread, _ in
      thread.remove(identifier, by: caller.identifier, at: call.now)
    }
    return HTTPResponse(status: 204)
  }
}
