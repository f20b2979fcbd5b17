internal import OrderedJSON
internal import Timekeeping

/// A search and the numbers that it holds.
struct NumberSearch: Codable, Sendable {
  enum Stage: String, Codable, Sendable {
    /// The numbers are held until the hold expires.
    case holding
    /// They are being bought, however long that takes.
    case buying
    case bought
  }

  let id: String
  /// The immutable id of the resource.
  let resource: String
  let order: NumberOrder
  let numbers: [String]
  let expires: Timestamp
  let needsAgreement: Bool
  var stage = Stage.holding

  func isExpired(at now: Timestamp) -> Bool { stage == .holding && now >= expires }

  func holds(at now: Timestamp) -> Bool {
    stage == .buying || (stage == .holding && now < expires)
  }

  func json(at now: Timestamp) -> JSON {
    let isExpired = isExpired(at: now)
    return [
      "searchId": .string(id), "phoneNumbers": .array(numbers.map(JSON.string)),
      "phoneNumberType": .string(order.type.rawValue),
      "assignmentType": .string(order.assignment.rawValue),
      "capabilities": order.capabilities.json, "cost": order.cost.json,
      "searchExpiresBy": .string(expires.textOfSeconds),
      "isAgreementToNotResellRequired": .bool(needsAgreement),
      "errorCode": .integer(isExpired ? 12 : 0),
      "error": isExpired ? "ReservationExpired" : "NoError",
    ]
  }
}

extension Timestamp {
  /// ISO 8601 in UTC without a fraction: `2026-11-20T21:15:00Z`.
  var textOfSeconds: String { description.prefix(19) + "Z" }
}
