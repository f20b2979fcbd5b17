internal import OrderedJSON
internal import Timekeeping

/// From when until when a room can be joined.
///
/// Source: Azure Communication fact sheet, section 6.
struct RoomValidity: Codable, Hashable, Sendable {
  private static let longest = Duration.seconds(180 * 86_400)

  let from: Timestamp
  let until: Timestamp

  /// Reads `validFrom` and `validUntil`; without them, from now on for 180 days, or as before.
  ///
  /// - Parameters:
  ///   - body: Of the request; `null` counts as absent.
  ///   - earlier: What an update changes.
  ///   - created: When the room was made.
  ///   - now: It must not have ended yet.
  /// - Throws: 400 `BadRequest`.
  init(
    _ body: JSONObject,
    instead earlier: RoomValidity? = nil,
    created: Timestamp,
    at now: Timestamp
  ) throws(Problem) {
    from = try Self.time("validFrom", body) ?? earlier?.from ?? now
    until = try Self.time("validUntil", body) ?? earlier?.until ?? created + Self.longest
    guard until > from else {
      throw .badRequest("validUntil: must be later than validFrom.")
    }
    guard until > now else { throw .badRequest("validUntil: must not be in the past.") }
    guard until <= created + Self.longest else {
      throw .badRequest("validUntil: must be within 180 days of the creation.")
    }
  }

  private static func time(_ name: String, _ body: JSONObject) throws(Problem) -> Timestamp? {
    guard let value = body[name], !value.isNull else { return nil }
    guard let time = value.stringValue.flatMap(Timestamp.init(iso8601:)) else {
      throw .badRequest("\(name): must be a time such as 2026-11-20T21:15:00Z.")
    }
    return time
  }
}
