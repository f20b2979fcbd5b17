internal import OrderedJSON
internal import Timekeeping

/// Single numbers that a resource holds.
///
/// Source: Azure Communication fact sheet, section 5 ("Browse, reserve").
struct NumberReservation: Codable, Sendable {
  /// 15 minutes from the last change, at most two hours in all.
  static let hold = Duration.seconds(900)
  static let longest = Duration.seconds(7200)

  enum Status: String, Codable, Sendable {
    case active
    case submitted
    case completed
    case expired
  }

  let id: String
  let resource: String
  let created: Timestamp
  var expires: Timestamp
  /// By id, which is the number without its plus sign.
  var numbers: [String: AvailableNumber] = [:]
  var stage = Status.active

  init(id: String, resource: String, at now: Timestamp) {
    self.id = id
    self.resource = resource
    created = now
    expires = now + Self.hold
  }

  func status(at now: Timestamp) -> Status {
    stage == .active && now >= expires ? .expired : stage
  }

  func holds(at now: Timestamp) -> Bool {
    stage == .submitted || (stage == .active && now < expires)
  }

  /// Lists leave the numbers out.
  func json(at now: Timestamp, withNumbers: Bool) -> JSON {
    var object: JSONObject = [
      "id": .string(id), "expiresAt": .string(expires.textOfSeconds),
      "status": .string(status(at: now).rawValue),
    ]
    if withNumbers {
      let numbers = numbers.sorted { $0.key < $1.key }
      object["phoneNumbers"] = .object(
        JSONObject(numbers.map { ($0.key, $0.value.json(status(of: $0.value, at: now))) })
      )
    }
    return .object(object)
  }

  private func status(of number: AvailableNumber, at now: Timestamp) -> String {
    switch status(at: now) {
    case .active, .submitted: "reserved"
    case .completed: "purchased"
    case .expired: "expired"
    }
  }
}
