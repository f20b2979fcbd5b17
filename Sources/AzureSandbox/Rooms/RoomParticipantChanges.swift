internal import OrderedJSON

/// Who is to join a room in which role, or no longer.
struct RoomParticipantChanges: Sendable {
  /// In the order of the request; no role takes a participant out.
  private(set) var roles: [(identifier: CommunicationIdentifier, role: RoomRole?)] = []

  /// - Parameters:
  ///   - value: The member `participants` of a request: an object by raw ids.
  ///   - version: Of the service; `Collaborator` came with 2025-03-13.
  /// - Throws: 400 `BadRequest`.
  init(_ value: JSON?, version: String) throws(Problem) {
    guard let value, !value.isNull else { return }
    guard let object = value.objectValue else {
      throw .badRequest("participants: must be an object with a role for each raw id.")
    }
    for member in object.members {
      let identifier = CommunicationIdentifier(rawID: member.key)
      switch identifier.kind {
      case .communicationUser, .microsoftTeamsUser, .phoneNumber: break
      case .microsoftTeamsApp, .unknown:
        throw .badRequest("participants: '\(member.key.prefix(120))' is not the raw id of a user.")
      }
      roles.append((identifier, try Self.role(member.value, version)))
    }
  }

  private static func role(_ value: JSON, _ version: String) throws(Problem) -> RoomRole? {
    guard !value.isNull else { return nil }
    guard value.objectValue != nil else {
      throw .badRequest("participants: a participant must be an object or null.")
    }
    guard let role = value["role"], !role.isNull else { return .attendee }
    let known = RoomRole.known(in: version)
    let found = known.first { $0.rawValue.lowercased() == role.stringValue?.lowercased() }
    guard let found else {
      let names = known.map(\.rawValue).joined(separator: ", ")
      throw .badRequest("participants: the role \(role.text) is not one of \(names).")
    }
    return found
  }
}
