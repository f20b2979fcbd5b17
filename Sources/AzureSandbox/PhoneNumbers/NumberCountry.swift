internal import OrderedJSON

/// A country with numbers.
///
/// The numbers are those that authorities set aside for films and examples, where there are such.
struct NumberCountry: Sendable {
  /// A state or province with its towns.
  struct Division: Sendable {
    let name: String
    let abbreviation: String
    let towns: [(name: String, areas: [NumberArea])]
  }

  struct Offering: Sendable {
    let type: NumberType
    let assignment: NumberAssignment
    let capabilities: NumberCapabilities
  }

  let code: String
  let name: String
  let callingCode: String
  let divisions: [Division]
  let tollFree: [NumberArea]
  /// Whether buying needs the agreement not to resell.
  let needsAgreement: Bool

  /// Source: Azure Communication fact sheet, section 5 ("Rules").
  var offerings: [Offering] {
    let calls = NumberCapabilities(calling: .both, sms: .none)
    return [
      Offering(type: .geographic, assignment: .person, capabilities: calls),
      Offering(type: .geographic, assignment: .application, capabilities: calls),
      Offering(
        type: .tollFree,
        assignment: .application,
        capabilities: NumberCapabilities(calling: .both, sms: .both)
      ),
    ]
  }

  func areas(of type: NumberType) -> [NumberArea] {
    switch type {
    case .geographic: divisions.flatMap { $0.towns.flatMap(\.areas) }
    case .tollFree: tollFree
    case .mobile: []
    }
  }

  /// The area that a number belongs to.
  func type(of number: String) -> NumberType? {
    NumberType.allCases.first { type in areas(of: type).contains { $0.contains(number) } }
  }

  var json: JSON { ["localizedName": .string(name), "countryCode": .string(code)] }
}
