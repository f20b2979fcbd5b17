internal import OrderedJSON
internal import Timekeeping

/// A number that a resource bought.
struct OwnedNumber: Codable, Sendable {
  /// With its plus sign.
  let number: String
  /// The immutable id of the resource.
  let resource: String
  var order: NumberOrder
  let purchased: Timestamp
  /// Whether it is being changed or released.
  var isBusy = false

  var json: JSON {
    [
      "id": .string(String(number.dropFirst())), "phoneNumber": .string(number),
      "countryCode": .string(order.country), "phoneNumberType": .string(order.type.rawValue),
      "assignmentType": .string(order.assignment.rawValue),
      "capabilities": order.capabilities.json, "purchaseDate": .string(purchased.textOfSeconds),
      "cost": order.cost.json,
    ]
  }
}
