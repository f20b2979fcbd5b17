internal import Timekeeping

/// The rooms of a resource.
struct RoomsState: Codable, Sendable {
  /// In the order in which they were made.
  private(set) var rooms: [Room] = []

  mutating func add(_ room: Room) { rooms.append(room) }

  /// A room that can still be joined, or will be.
  func room(_ id: String, at now: Timestamp) -> Room? {
    rooms.first { $0.id == id && $0.validity.until > now }
  }

  /// Changes such a room; `nil` when there is none.
  mutating func change<Result>(
    _ id: String,
    at now: Timestamp,
    _ body: (inout Room) throws(Problem) -> Result
  ) throws(Problem) -> Result? {
    guard let index = rooms.firstIndex(where: { $0.id == id && $0.validity.until > now }) else {
      return nil
    }
    return try body(&rooms[index])
  }

  /// Returns whether there was such a room.
  mutating func delete(_ id: String, at now: Timestamp) -> Bool {
    guard room(id, at: now) != nil else { return false }
    rooms.removeAll { $0.id == id }
    return true
  }
}
