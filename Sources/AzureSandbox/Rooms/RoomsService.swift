internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Rooms for calls, and who may join them.
///
/// Source: Azure Communication fact sheet, section 6.
final class RoomsService: SandboxService {
  let versions = [
    "2023-06-14", "2023-10-30-preview", "2024-04-15", "2025-02-28-preview", "2025-03-13",
  ]

  private let states: ResourceStates<RoomsState>
  private let repeated = RepeatedRequests()
  private let entropy: any Entropy

  init(_ parts: SandboxParts) {
    states = ResourceStates("rooms", on: parts.shelf, RoomsState())
    entropy = parts.sources.stream("rooms")
  }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/rooms", create),
      SandboxOperation("GET", "/rooms", list),
      SandboxOperation("GET", "/rooms/{room}", show),
      SandboxOperation("PATCH", "/rooms/{room}", update),
      SandboxOperation("DELETE", "/rooms/{room}", delete),
      SandboxOperation("GET", "/rooms/{room}/participants", listParticipants),
      SandboxOperation("PATCH", "/rooms/{room}/participants", updateParticipants),
    ]
  }

  // MARK: Rooms

  private func create(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try repeated.perform(call) { () throws(Problem) in try make(call) }
  }

  private func make(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.body()
    let validity = try RoomValidity(body, created: call.now, at: call.now)
    let changes = try RoomParticipantChanges(body["participants"], version: call.version)
    var room = Room(
      id: "99" + entropy.bytes(15).map { String($0 % 10) }.joined(),
      created: call.now,
      validity: validity,
      allowsDialOut: try Self.dialOut(body) ?? false
    )
    room.apply(changes)
    states[call.resource].change { $0.add(room) }
    return .json(201, room.json)
  }

  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page(call, size: nil, skip: "skipToken", largest: 100)
    let rooms = states[call.resource].read { state in
      state.rooms.filter { $0.validity.until > call.now }
    }
    return page.answer(rooms, to: call, \.json)
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    .json(200, try room(of: call).json)
  }

  /// `null` and what is absent stay as they are.
  private func update(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let patch = try call.mergePatch()
    let changed = try change(call) { room throws(Problem) in
      room.validity = try RoomValidity(
        patch,
        instead: room.validity,
        created: room.created,
        at: call.now
      )
      room.allowsDialOut = try Self.dialOut(patch) ?? room.allowsDialOut
      return room.json
    }
    return .json(200, changed)
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["room"] ?? ""
    guard states[call.resource].change({ $0.delete(id, at: call.now) }) else { throw Self.noRoom }
    return HTTPResponse(status: 204)
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    let count = states[resource].read { $0.rooms.count { $0.validity.until > now } }
    return count == 0 ? [] : [InventoryNode(kind: "Rooms", name: String(count))]
  }

  // MARK: Participants

  private func listParticipants(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page(call, size: nil, skip: "skipToken", largest: 100)
    return page.answer(try room(of: call).participants, to: call, \.json)
  }

  private func updateParticipants(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let patch = try call.mergePatch()
    guard patch["participants"]?.objectValue != nil else {
      throw .badRequest("participants: an object is required.")
    }
    let changes = try RoomParticipantChanges(patch["participants"], version: call.version)
    try change(call) { room in room.apply(changes) }
    return .json(200, [:])
  }

  // MARK: What operations share

  private static let noRoom = Problem(
    404,
    "NotFound",
    "There is no such room, or it is no longer valid."
  )

  private func room(of call: ServiceCall) throws(Problem) -> Room {
    let id = call.parameters["room"] ?? ""
    guard let room = states[call.resource].read({ $0.room(id, at: call.now) }) else {
      throw Self.noRoom
    }
    return room
  }

  private func change<Result: Sendable>(
    _ call: ServiceCall,
    _ body: (inout Room) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let id = call.parameters["room"] ?? ""
    let result = try states[call.resource].change { state throws(Problem) in
      try state.change(id, at: call.now, body)
    }
    guard let result else { throw Self.noRoom }
    return result
  }

  private static func dialOut(_ body: JSONObject) throws(Problem) -> Bool? {
    guard let value = body["pstnDialOutEnabled"], !value.isNull else { return nil }
    guard let flag = value.boolValue else {
      throw .badRequest("pstnDialOutEnabled: must be true or false.")
    }
    return flag
  }
}
