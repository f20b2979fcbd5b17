/// The countries that the sandbox has numbers of.
extension NumberCountry {
  static let all = [unitedStates, canada, unitedKingdom, germany, france]

  /// The country with this code in any case.
  ///
  /// - Throws: 404 when there are no numbers of it.
  static func named(_ code: String?) throws(Problem) -> NumberCountry {
    let wanted = (code ?? "").uppercased()
    guard let country = all.first(where: { $0.code == wanted }) else {
      let known = all.map(\.code).joined(separator: ", ")
      throw .notFound("There are no numbers of the country '\(wanted)'. Known: \(known).")
    }
    return country
  }

  private static let freeAreas = ["800", "833", "844", "855", "866", "877", "888"].map(american)

  /// 555-0100 to 555-0199 belong to nobody.
  private static func american(_ code: String) -> NumberArea {
    NumberArea(code: code, block: "1\(code)55501", digits: 2)
  }

  private static let unitedStates = NumberCountry(
    code: "US",
    name: "United States",
    callingCode: "1",
    divisions: [
      Division(
        name: "California",
        abbreviation: "CA",
        towns: [
          ("Los Angeles", ["213", "323"].map(american)), ("San Francisco", ["415"].map(american)),
        ]
      ),
      Division(
        name: "New York",
        abbreviation: "NY",
        towns: [("New York City", ["212", "646"].map(american))]
      ),
      Division(
        name: "Texas",
        abbreviation: "TX",
        towns: [("Dallas", ["214"].map(american)), ("Houston", ["713"].map(american))]
      ),
      Division(
        name: "Washington",
        abbreviation: "WA",
        towns: [("Redmond", ["425"].map(american)), ("Seattle", ["206"].map(american))]
      ),
    ],
    tollFree: freeAreas,
    needsAgreement: false
  )

  private static let canada = NumberCountry(
    code: "CA",
    name: "Canada",
    callingCode: "1",
    divisions: [
      Division(
        name: "British Columbia",
        abbreviation: "BC",
        towns: [("Vancouver", ["604"].map(american))]
      ),
      Division(
        name: "Ontario",
        abbreviation: "ON",
        towns: [("Toronto", ["416", "647"].map(american))]
      ),
    ],
    tollFree: freeAreas,
    needsAgreement: false
  )

  private static let unitedKingdom = NumberCountry(
    code: "GB",
    name: "United Kingdom",
    callingCode: "44",
    divisions: [
      Division(
        name: "England",
        abbreviation: "ENG",
        towns: [("London", [NumberArea(code: "20", block: "442079460", digits: 3)])]
      )
    ],
    tollFree: [NumberArea(code: "808", block: "448081570", digits: 3)],
    needsAgreement: false
  )

  private static let germany = NumberCountry(
    code: "DE",
    name: "Germany",
    callingCode: "49",
    divisions: [
      Division(
        name: "Berlin",
        abbreviation: "BE",
        towns: [("Berlin", [NumberArea(code: "30", block: "493023125", digits: 3)])]
      ),
      Division(
        name: "Hamburg",
        abbreviation: "HH",
        towns: [("Hamburg", [NumberArea(code: "40", block: "494066969", digits: 3)])]
      ),
    ],
    tollFree: [NumberArea(code: "800", block: "498005550", digits: 3)],
    needsAgreement: false
  )

  private static let france = NumberCountry(
    code: "FR",
    name: "France",
    callingCode: "33",
    divisions: [
      Division(
        name: "Île-de-France",
        abbreviation: "IDF",
        towns: [("Paris", [NumberArea(code: "1", block: "33199000", digits: 3)])]
      )
    ],
    tollFree: [NumberArea(code: "805", block: "338055500", digits: 2)],
    needsAgreement: true
  )
}
