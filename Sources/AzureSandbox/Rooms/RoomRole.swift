/// What a participant may do in calls of a room.
///
/// Source: Azure Communication fact sheet, section 6.
enum RoomRole: String, CaseIterable, Codable, Sendable {
  case presenter = "Presenter"
  case attendee = "Attendee"
  case consumer = "Consumer"
  case collaborator = "Collaborator"

  /// The roles that a version of the service knows.
  static func known(in version: String) -> [RoomRole] {
    version < "2025-02-28" ? [.presenter, .attendee, .consumer] : allCases
  }
}
