import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing

/// The connector for rooms against the sandbox.
@Suite struct RoomsConnectorTests {
  private static func call(
    _ connection: String,
    _ operation: String,
    _ parameters: JSON,
    _ previous: String?
  ) -> JSON {
    CommunicationWorld.call(connection, operation, parameters, after: previous)
  }

  private static let room: JSON = "@body('Create_room')?['id']"
  private static let ana =
    "8:acs:6f1c2b3a-4d5e-4f60-8a7b-9c0d1e2f3a4b_0000002a-1b2c-3d4e-5f60-718293a4b5c6"

  private static let create: JSONObject = [
    "Create_room": call(
      "rooms",
      "CreateRoom",
      [
        "body/pstnDialOutEnabled": true,
        "body/participants": .object([ana: ["role": "Presenter"], "8:orgid:b": [:]]),
      ],
      nil
    )
  ]

  private static let everything: JSON = [
    "Create_room": create["Create_room"] ?? .null,
    "List": call("rooms", "ListRooms", [:], "Create_room"),
    "Update": call(
      "rooms",
      "UpdateRoom",
      ["roomId": room, "body/validUntil": "@addDays(body('Create_room')?['createdAt'], 1)"],
      "List"
    ),
    "Get": call("rooms", "GetRoom", ["roomId": room], "Update"),
    "Change": call(
      "rooms",
      "UpdateRoomParticipants",
      [
        "roomId": room,
        "body/participants": .object([ana: .null, "8:orgid:c": ["role": "Consumer"]]),
      ],
      "Get"
    ),
    "Participants": call("rooms", "ListRoomParticipants", ["roomId": room], "Change"),
    "Delete": call("rooms", "DeleteRoom", ["roomId": room], "Participants"),
  ]

  private func body(_ name: String, of run: JSON) throws -> JSON {
    let actions = run["actions"]?.arrayValue ?? []
    let action = actions.first { $0["name"]?.stringValue == name }
    return try #require(action, "\(run.prettyText)")["outputs"]?["body"] ?? .null
  }

  private func rooms(_ world: CommunicationWorld) throws -> Int? {
    let run = try world.run(["List": CommunicationWorld.call("rooms", "ListRooms")])
    return try body("List", of: run)["value"]?.arrayValue?.count
  }

  @Test func `every operation of the rooms connector does what it says`() throws {
    let connector = try CommunicationWorld.connector("azure-communication-rooms")
    let called = Self.everything.objectValue?.members.compactMap {
      $0.value["inputs"]?["host"]?["operationId"]?.stringValue
    }
    #expect(Set(connector.operations.map(\.id)) == Set(called ?? []))
    let world = CommunicationWorld()
    let run = try world.run(Self.everything)
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try body("Get", of: run) == body("Update", of: run))
    #expect(
      try body("Participants", of: run)["value"] == [
        ["rawId": "8:orgid:b", "role": "Attendee"], ["rawId": "8:orgid:c", "role": "Consumer"],
      ]
    )
    #expect(try rooms(world) == 0)
  }

  @Test func `a room whose answer was lost is not made twice`() throws {
    let world = CommunicationWorld()
    let flow = try CommunicationWorld.flow(.object(Self.create))
    try world.executor.run {
      _ = await world.admin("POST", "faults", ["pathPrefix": "/rooms", "drop": "after"])
      let state = try await world.process().start(flow).end()
      #expect(state.status == .succeeded)
    }
    #expect(try rooms(world) == 1)
    let sent = world.transport.requests.filter { $0.method == "POST" && $0.path == "/rooms" }
    #expect(sent.count == 2)
    for name in ["Repeatability-Request-ID", "Repeatability-First-Sent"] {
      #expect(sent[0].headers[name] != nil && sent[0].headers[name] == sent[1].headers[name])
    }
  }

  @Test(arguments: [2, 3], [true, false])
  func `a room of a process that died is not made twice`(append: Int, after: Bool) throws {
    let world = CommunicationWorld()
    let flow = try CommunicationWorld.flow(.object(Self.create))
    try world.executor.run {
      let state = try await world.end(flow, afterDeathAt: append, after: after)
      #expect(state.status == .succeeded)
    }
    #expect(try rooms(world) == 1)
  }
}
