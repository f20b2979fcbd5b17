internal import OrderedJSON

/// What a number costs in a month.
struct NumberCost: Codable, Hashable, Sendable {
  let amount: Double

  init(of type: NumberType) { amount = type == .tollFree ? 2 : 1 }

  var json: JSON {
    ["amount": .double(amount), "currencyCode": "USD", "billingFrequency": "monthly"]
  }
}
