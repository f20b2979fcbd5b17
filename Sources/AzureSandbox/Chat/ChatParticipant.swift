internal import OrderedJSON
internal import Timekeeping

/// Who takes part in a thread.
struct ChatParticipant: Codable, Sendable {
  let identifier: CommunicationIdentifier
  var displayName: String?
  /// Earlier messages are not for this participant.
  var sharedFrom: Timestamp?

  init(_ identifier: CommunicationIdentifier) { self.identifier = identifier }

  /// - Throws: 400 `BadRequest`.
  init(_ value: JSON) throws(Problem) {
    identifier = try CommunicationIdentifier(value["communicationIdentifier"])
    displayName = value["displayName"]?.stringValue
    if let time = value["shareHistoryTime"], !time.isNull {
      guard let shared = time.stringValue.flatMap(Timestamp.init(iso8601:)) else {
        throw .badRequest("shareHistoryTime: must be a time such as 2026-11-20T21:15:00Z.")
      }
      sharedFrom = shared
    }
  }

  /// The participants of a request, at most 200.
  ///
  /// - Throws: 400 `BadRequest`.
  static func list(_ value: JSON?) throws(Problem) -> [ChatParticipant] {
    guard let value, !value.isNull else { return [] }
    guard let elements = value.arrayValue else {
      throw .badRequest("participants: must be an array.")
    }
    guard elements.count <= 200 else {
      throw .badRequest("participants: at most 200 at once, not \(elements.count).")
    }
    var participants: [ChatParticipant] = []
    for element in elements { participants.append(try ChatParticipant(element)) }
    return participants
  }

  var json: JSON {
    var object: JSONObject = ["communicationIdentifier": identifier.json]
    object["displayName"] = displayName.map(JSON.string)
    object["shareHistoryTime"] = (sharedFrom?.textInSeconds).map(JSON.string)
    return .object(object)
  }
}

extension Timestamp {
  /// Without fractions, as Chat and Rooms write times.
  var textInSeconds: String {
    String(Timestamp(ticks: ticks - ticks % Self.ticksPerSecond).description.prefix(19)) + "Z"
  }
}
