/// Where a resource keeps its data, such as `United States`.
///
/// Spellings with and without spaces, in any case, are the same place.
///
/// Source: Azure Communication fact sheet, section 7 (`dataLocation`).
struct DataLocation: Codable, Hashable, Sendable {
  /// In the spelling of the caller.
  let name: String

  /// `nil` for a place that the service does not know.
  init?(_ name: String) {
    guard Self.known.contains(Self.folded(name)) else { return nil }
    self.name = name
  }

  private init(known name: String) { self.name = name }

  static let unitedStates = DataLocation(known: "United States")

  /// The label in host names and in the `resourceLocation` of tokens.
  var geography: String { Self.folded(name) }

  static let names = [
    "Africa", "Asia Pacific", "Australia", "Brazil", "Canada", "Europe", "France", "Germany",
    "India", "Japan", "Korea", "Norway", "Switzerland", "UAE", "UK", "United States", "usgov",
  ]

  private static let known = Set(names.map(folded))

  private static func folded(_ name: String) -> String {
    name.filter { $0 != " " }.lowercased()
  }

  static func == (left: DataLocation, right: DataLocation) -> Bool {
    left.geography == right.geography
  }

  func hash(into hasher: inout Hasher) { hasher.combine(geography) }
}
