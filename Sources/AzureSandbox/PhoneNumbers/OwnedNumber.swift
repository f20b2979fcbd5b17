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

  /// As the tree of resources shows it.
  var node: InventoryNode {
    InventoryNode(
      kind: order.type == .tollFree ? "Toll-free number" : "Local number",
      name: number,
      state: isBusy ? "Updating" : nil,
      details: [
        ("assigned to", order.assignment.rawValue),
        ("calling", order.capabilities.calling.rawValue), ("sms", order.capabilities.sms.rawValue),
      ]
    )
  }

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
