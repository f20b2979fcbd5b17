import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing

/// The connector for chat against the sandbox.
@Suite struct ChatConnectorTests {
  private static func call(
    _ connection: String,
    _ operation: String,
    _ parameters: JSON,
    _ previous: String?
  ) -> JSON {
    CommunicationWorld.call(connection, operation, parameters, after: previous)
  }

  private static let token: JSON = "@body('Issue_token')?['token']"
  private static let thread: JSON = "@body('Create_thread')?['chatThread']?['id']"
  private static let message: JSON = "@body('Send_message')?['id']"

  /// A call for the user of the first actions.
  private static func chat(
    _ operation: String,
    _ more: JSONObject = [:],
    after previous: String
  ) -> JSON {
    var parameters: JSONObject = ["Access-Token": token]
    for member in more.members { parameters[member.key] = member.value }
    return call("chat", operation, .object(parameters), previous)
  }

  private static func onThread(
    _ operation: String,
    _ more: JSONObject = [:],
    after previous: String
  ) -> JSON {
    var parameters: JSONObject = ["chatThreadId": thread]
    for member in more.members { parameters[member.key] = member.value }
    return chat(operation, parameters, after: previous)
  }

  private static let user: JSONObject = [
    "Create_user": call("acs", "CreateCommunicationIdentity", [:], nil),
    "Create_guest": call("acs", "CreateCommunicationIdentity", [:], "Create_user"),
    "Issue_token": call(
      "acs",
      "IssueIdentityAccessToken",
      ["identityId": "@body('Create_user')?['identity']?['id']", "body/scopes": ["chat"]],
      "Create_guest"
    ),
    "Create_thread": chat("CreateChatThread", ["body/topic": "Order 1042"], after: "Issue_token"),
  ]

  private static let guest: JSON = [
    "communicationUser": ["id": "@body('Create_guest')?['identity']?['id']"]
  ]

  private static let everything: JSONObject = [
    "List_threads": chat("ListChatThreads", after: "Create_thread"),
    "Add": onThread(
      "AddChatParticipants",
      ["body/participants": [["communicationIdentifier": guest, "displayName": "Ben"]]],
      after: "List_threads"
    ),
    "List_participants": onThread("ListChatParticipants", ["maxPageSize": 1], after: "Add"),
    "Send_message": onThread(
      "SendChatMessage",
      ["body/content": "hello", "body/senderDisplayName": "Ana"],
      after: "List_participants"
    ),
    "Update_message": onThread(
      "UpdateChatMessage",
      ["chatMessageId": message, "body/content": "good bye"],
      after: "Send_message"
    ),
    "Get_message": onThread("GetChatMessage", ["chatMessageId": message], after: "Update_message"),
    "List_messages": onThread("ListChatMessages", after: "Get_message"),
    "Type": onThread("SendTypingNotification", after: "List_messages"),
    "Read": onThread("SendChatReadReceipt", ["body/chatMessageId": message], after: "Type"),
    "List_receipts": onThread("ListChatReadReceipts", after: "Read"),
    "Delete_message": onThread(
      "DeleteChatMessage",
      ["chatMessageId": message],
      after: "List_receipts"
    ),
    "Remove": onThread(
      "RemoveChatParticipant",
      ["body/communicationUser": ["id": "@body('Create_guest')?['identity']?['id']"]],
      after: "Delete_message"
    ),
    "Update_thread": onThread(
      "UpdateChatThreadProperties",
      ["body/topic": "Order 1043"],
      after: "Remove"
    ),
    "Get_thread": onThread("GetChatThreadProperties", after: "Update_thread"),
    "Delete_thread": onThread("DeleteChatThread", after: "Get_thread"),
  ]

  private static var flow: JSON {
    .object(JSONObject((user.members + everything.members).map { ($0.key, $0.value) }))
  }

  private func action(_ name: String, of run: JSON) throws -> JSON {
    let actions = run["actions"]?.arrayValue ?? []
    return try #require(actions.first { $0["name"]?.stringValue == name }, "\(run.prettyText)")
  }

  private func body(_ name: String, of run: JSON) throws -> JSON {
    try action(name, of: run)["outputs"]?["body"] ?? .null
  }

  @Test func `every operation of the chat connector does what it says`() throws {
    let connector = try CommunicationWorld.connector("azure-communication-chat")
    let called = Self.flow.objectValue?.members.compactMap {
      $0.value["inputs"]?["host"]?["operationId"]?.stringValue
    }
    #expect(Set(connector.operations.map(\.id)).isSubset(of: Set(called ?? [])))
    let run = try CommunicationWorld().run(Self.flow)
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try body("List_threads", of: run)["value"]?.arrayValue?.count == 1)
    #expect(try body("Add", of: run)["invalidParticipants"] == [])
    #expect(try body("Get_message", of: run)["content"] == ["message": "good bye"])
    #expect(try body("List_messages", of: run)["value"]?.arrayValue?.count == 3)
    #expect(try body("List_receipts", of: run)["value"]?.arrayValue?.count == 1)
    #expect(try body("Get_thread", of: run)["topic"] == "Order 1043")
  }

  @Test func `a token that was issued earlier is nowhere in the history`() throws {
    let world = CommunicationWorld()
    let run = try world.run(.object(Self.user))
    let sent = world.transport.requests.last?.headers["Authorization"] ?? ""
    #expect(sent.hasPrefix("Bearer ey"))
    #expect(!run.text.contains(String(sent.dropFirst(7))))
    #expect(try action("Create_thread", of: run)["inputs"] == "*sanitized*")
    #expect(world.transport.requests.last?.headers["Access-Token"] == nil)
  }

  @Test func `a token that a flow names itself is masked, and the rest is shown`() throws {
    let run = try CommunicationWorld().run([
      "List": CommunicationWorld.call("chat", "ListChatThreads", ["Access-Token": "my.own.token"])
    ])
    #expect(!run.text.contains("my.own.token"))
    let inputs = try action("List", of: run)["inputs"]
    #expect(inputs?["parameters"] == ["Access-Token": "*sanitized*"])
    #expect(inputs?["host"]?["operationId"] == "ListChatThreads")
    #expect(try action("List", of: run)["outputs"]?["statusCode"] == 401)
  }

  @Test func `a thread whose answer was lost is not made twice`() throws {
    let world = CommunicationWorld()
    var actions = Self.user
    actions["List"] = Self.chat("ListChatThreads", after: "Create_thread")
    let flow = try CommunicationWorld.flow(.object(actions))
    let run = try world.executor.run {
      _ = await world.admin("POST", "faults", ["pathPrefix": "/chat/threads", "drop": "after"])
      return RunView.document(try await world.process().start(flow).end())
    }
    #expect(try body("List", of: run)["value"]?.arrayValue?.count == 1)
    let keys = world.transport.requests.filter { $0.method == "POST" && $0.path == "/chat/threads" }
      .map { $0.headers["Repeatability-Request-ID"] }
    #expect(keys.count == 2 && keys[0] == keys[1] && keys[0] != nil)
  }
}
