internal import OrderedJSON

/// A number that could be bought.
struct AvailableNumber: Codable, Sendable {
  let number: String
  let order: NumberOrder
  let needsAgreement: Bool

  var id: String { String(number.dropFirst()) }

  func json(_ status: String = "available") -> JSON {
    [
      "id": .string(id), "countryCode": .string(order.country), "phoneNumber": .string(number),
      "capabilities": order.capabilities.json, "phoneNumberType": .string(order.type.rawValue),
      "assignmentType": .string(order.assignment.rawValue), "cost": order.cost.json,
      "status": .string(status), "isAgreementToNotResellRequired": .bool(needsAgreement),
    ]
  }

  /// How a number is shown that could not be reserved.
  static func refused(_ id: String, _ given: JSON) -> JSON {
    var object = given.objectValue ?? JSONObject()
    object["id"] = .string(id)
    object["status"] = "error"
    object["error"] = [
      "code": "NotAvailable", "message": .string("The number '\(id)' is not available."),
    ]
    return .object(object)
  }
}
