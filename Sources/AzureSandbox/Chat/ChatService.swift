internal import Crypto
internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Threads, their participants and messages, for users with a token.
///
/// Source: Azure Communication fact sheet, section 6.
final class ChatService: SandboxService {
  let versions = ["2021-03-07", "2021-09-07", "2023-11-07", "2024-03-07", "2025-03-15"]
  let access = ServiceAccess.user

  let windows: ChatWindows?
  private let states: ResourceStates<ChatState>
  private let repeated = RepeatedRequests(.id)
  private let entropy: any Entropy

  init(_ parts: SandboxParts) {
    windows = parts.configuration.chatLimits.map(ChatWindows.init)
    states = ResourceStates("chat", on: parts.shelf, ChatState())
    entropy = parts.sources.stream("chat threads")
  }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/chat/threads", create),
      SandboxOperation("GET", "/chat/threads", list),
      SandboxOperation("GET", "/chat/threads/{thread}", show),
      SandboxOperation("PATCH", "/chat/threads/{thread}", update),
      SandboxOperation("DELETE", "/chat/threads/{thread}", delete),
    ] + participantOperations + messageOperations + receiptOperations
  }

  // MARK: Threads

  private func create(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    try caller.requireThreadRights()
    try windows?.enterCreation(by: caller.identifier, at: call.now)
    return try repeated.perform(call) { () throws(Problem) in try make(call, caller) }
  }

  private func make(_ call: ServiceCall, _ caller: ChatCaller) throws(Problem) -> HTTPResponse {
    let body = try call.body()
    let topic = try Self.topic(body["topic"])
    let (welcome, refused) = Self.sort(try ChatParticipant.list(body["participants"]), call)
    let digits = "0123456789abcdef".map { $0 }
    let name = String(entropy.bytes(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    let thread = ChatThread(
      id: "19:\(name)@thread.v2",
      topic: topic,
      by: caller.identifier,
      with: welcome,
      at: call.now
    )
    states[call.resource].change { $0.threads[thread.id] = thread }
    return .json(201, ["chatThread": thread.json, "invalidParticipants": .array(refused)])
  }

  /// The threads of the caller, the latest news first.
  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    let page = try Page(call, skip: "syncState")
    let start = try Self.startTime(call)
    let threads = states[call.resource].read { state in
      state.threads.values.filter {
        $0.participant(caller.identifier) != nil && $0.lastMessage >= start
      }
    }
    let sorted = threads.sorted { ($1.lastMessage, $0.id) < ($0.lastMessage, $1.id) }
    return page.answer(sorted, to: call, \.item)
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    .json(200, try read(call, withDeleted: true) { thread, _ in thread.json })
  }

  private func update(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let caller = try ChatCaller(call)
    try caller.requireThreadRights()
    let patch = try call.mergePatch()
    guard let value = patch["topic"], !value.isNull else {
      _ = try read(call) { _, _ in true }
      return HTTPResponse(status: 204)
    }
    let topic = try Self.topic(value)
    try change(call) { thread, _ in thread.setTopic(topic, by: caller.identifier, at: call.now) }
    return HTTPResponse(status: 204)
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try ChatCaller(call).requireThreadRights()
    try change(call) { thread, _ in thread.delete(at: call.now) }
    return HTTPResponse(status: 204)
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    let count = states[resource].read { $0.threads.values.count { $0.deleted == nil } }
    return count == 0 ? [] : [InventoryNode(kind: "Chat threads", name: String(count))]
  }

  // MARK: What operations share

  /// Looks at the thread of the path.
  ///
  /// - Throws: 403 `Forbidden` when the caller takes no part in it.
  func read<Result: Sendable>(
    _ call: ServiceCall,
    withDeleted: Bool = false,
    _ body: (ChatThread, ChatParticipant) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let caller = try ChatCaller(call)
    return try states[call.resource].read { state throws(Problem) in
      guard let thread = state.threads[call.parameters["thread"] ?? ""],
        let participant = thread.participant(caller.identifier),
        thread.deleted == nil || withDeleted
      else { throw Self.stranger }
      return try body(thread, participant)
    }
  }

  /// Changes the thread of the path.
  ///
  /// - Throws: 403 `Forbidden` when the caller takes no part in it.
  func change<Result: Sendable>(
    _ call: ServiceCall,
    _ body: (inout ChatThread, ChatParticipant) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let caller = try ChatCaller(call)
    return try states[call.resource].change { state throws(Problem) in
      guard var thread = state.threads[call.parameters["thread"] ?? ""], thread.deleted == nil,
        let participant = thread.participant(caller.identifier)
      else { throw Self.stranger }
      let result = try body(&thread, participant)
      state.threads[thread.id] = thread
      return result
    }
  }

  /// The service does not say whether a thread exists.
  private static let stranger = Problem(
    403,
    "Forbidden",
    "The user takes no part in this thread."
  )

  private static func topic(_ value: JSON?) throws(Problem) -> String {
    guard let topic = value?.stringValue, !topic.isEmpty else {
      throw .badRequest("topic: a text is required.")
    }
    return topic
  }

  /// - Throws: 400 `BadRequest` for text that is no time.
  static func startTime(_ call: ServiceCall) throws(Problem) -> Timestamp {
    guard let text = QueryString(call.request.target)["startTime"], !text.isEmpty else {
      return .distantPast
    }
    guard let time = Timestamp(iso8601: text) else {
      throw .badRequest("startTime: must be a time such as 2026-11-20T21:15:00Z.")
    }
    return time
  }

  /// Those who may take part, and an error for each of the others: users of other resources.
  static func sort(_ participants: [ChatParticipant], _ call: ServiceCall)
    -> (welcome: [ChatParticipant], refused: [JSON])
  {
    var welcome: [ChatParticipant] = []
    var refused: [JSON] = []
    for participant in participants {
      let id = participant.identifier
      let isWelcome =
        switch id.kind {
        case .communicationUser: UserID(id.rawID, of: call.resource) != nil
        case .microsoftTeamsUser, .microsoftTeamsApp: true
        case .phoneNumber, .unknown: false
        }
      if isWelcome {
        welcome.append(participant)
      } else {
        refused.append([
          "code": "403", "message": "The participant cannot take part in this thread.",
          "target": .string(id.rawID),
        ])
      }
    }
    return (welcome, refused)
  }
}
