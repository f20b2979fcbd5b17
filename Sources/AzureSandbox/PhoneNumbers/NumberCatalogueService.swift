internal import HTTPMessages
internal import OrderedJSON

/// Says where there are numbers, and of what kind.
///
/// Source: Azure Communication fact sheet, section 5 ("Catalogue").
final class NumberCatalogueService: SandboxService {
  let versions = PhoneNumberVersions.all

  var operations: [SandboxOperation] {
    let countries = "/availablePhoneNumbers/countries"
    return [
      SandboxOperation("GET", countries) { call throws(Problem) in
        try Page.ofNumbers(call).answer("countries", NumberCountry.all.map(\.json), to: call)
      },
      SandboxOperation("GET", countries + "/{country}/localities", Self.localities),
      SandboxOperation("GET", countries + "/{country}/areaCodes", Self.areaCodes),
      SandboxOperation("GET", countries + "/{country}/offerings", Self.offerings),
    ]
  }

  private static func localities(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let country = try NumberCountry.named(call.parameters["country"])
    let type = try word("phoneNumberType", call, of: NumberType.self)
    let places = divisions(of: country, call).flatMap { division in
      division.towns.map { town -> JSON in
        [
          "localizedName": .string(town.name),
          "administrativeDivision": [
            "localizedName": .string(division.name),
            "abbreviatedName": .string(division.abbreviation),
          ],
        ]
      }
    }
    let isPlaceless = type != nil && type != .geographic
    return try Page.ofNumbers(call).answer(
      "phoneNumberLocalities",
      isPlaceless ? [] : places,
      to: call
    )
  }

  private static func areaCodes(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let country = try NumberCountry.named(call.parameters["country"])
    guard let type = try word("phoneNumberType", call, of: NumberType.self) else {
      throw .badRequest("phoneNumberType: is required.")
    }
    _ = try word("assignmentType", call, of: NumberAssignment.self)
    var areas = country.areas(of: type)
    if type == .geographic {
      guard let locality = QueryString(call.request.target)["locality"], !locality.isEmpty else {
        throw .badRequest("locality: is required for geographic numbers.")
      }
      areas = divisions(of: country, call).flatMap { division in
        division.towns.filter { $0.name.lowercased() == locality.lowercased() }.flatMap(\.areas)
      }
    }
    let codes = areas.map { area -> JSON in ["areaCode": .string(area.code)] }
    return try Page.ofNumbers(call).answer("areaCodes", codes, to: call)
  }

  private static func offerings(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let country = try NumberCountry.named(call.parameters["country"])
    let type = try word("phoneNumberType", call, of: NumberType.self)
    let assignment = try word("assignmentType", call, of: NumberAssignment.self)
    let fitting = country.offerings.filter {
      (type == nil || $0.type == type) && (assignment == nil || $0.assignment == assignment)
    }
    let offerings = fitting.map { offering -> JSON in
      [
        "phoneNumberType": .string(offering.type.rawValue),
        "assignmentType": .string(offering.assignment.rawValue),
        "availableCapabilities": offering.capabilities.json,
        "cost": NumberCost(of: offering.type).json,
      ]
    }
    return try Page.ofNumbers(call).answer("phoneNumberOfferings", offerings, to: call)
  }

  /// The states or provinces that the query means, by name or abbreviation.
  private static func divisions(of country: NumberCountry, _ call: ServiceCall)
    -> [NumberCountry.Division]
  {
    let wanted = QueryString(call.request.target)["administrativeDivision"]?.lowercased() ?? ""
    return country.divisions.filter {
      wanted.isEmpty || $0.name.lowercased() == wanted || $0.abbreviation.lowercased() == wanted
    }
  }

  private static func word<Word: CaseIterable & RawRepresentable<String>>(
    _ name: String,
    _ call: ServiceCall,
    of words: Word.Type
  ) throws(Problem) -> Word? {
    let text = QueryString(call.request.target)[name].flatMap { $0.isEmpty ? nil : $0 }
    guard let text else { return nil }
    return try NumberOrder.optionalWord(name, in: [name: .string(text)], of: words)
  }
}
