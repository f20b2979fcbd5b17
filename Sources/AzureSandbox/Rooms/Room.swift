internal import OrderedJSON
internal import Timekeeping

/// A room for calls: when it can be joined, and by whom.
///
/// Source: Azure Communication fact sheet, section 6.
struct Room: Codable, Sendable {
  struct Participant: Codable, Sendable {
    let identifier: CommunicationIdentifier
    var role: RoomRole

    var json: JSON {
      ["rawId": .string(identifier.rawID), "role": .string(role.rawValue)]
    }
  }

  let id: String
  let created: Timestamp
  var validity: RoomValidity
  var allowsDialOut: Bool
  /// In the order in which they came.
  private(set) var participants: [Participant] = []

  init(id: String, created: Timestamp, validity: RoomValidity, allowsDialOut: Bool) {
    self.id = id
    self.created = created
    self.validity = validity
    self.allowsDialOut = allowsDialOut
  }

  mutating func apply(_ changes: RoomParticipantChanges) {
    for (identifier, role) in changes.roles {
      let index = participants.firstIndex { $0.identifier == identifier }
      switch (index, role) {
      case (let index?, let role?): participants[index].role = role
      case (let index?, nil): participants.remove(at: index)
      case (nil, let role?): participants.append(Participant(identifier: identifier, role: role))
      case (nil, nil): break
      }
    }
  }

  var json: JSON {
    [
      "id": .string(id), "createdAt": .string(created.textInSeconds),
      "validFrom": .string(validity.from.textInSeconds),
      "validUntil": .string(validity.until.textInSeconds),
      "pstnDialOutEnabled": .bool(allowsDialOut),
    ]
  }
}
