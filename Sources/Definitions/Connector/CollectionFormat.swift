/// How the items of an array parameter become one text.
///
/// Source: OpenAPI 2.0, Parameter Object, `collectionFormat`.
package enum CollectionFormat: String, Hashable, Sendable {
  case csv
  case ssv
  case tsv
  case pipes
  /// The parameter is repeated once for each item; only in a query or a form.
  case multi

  /// What stands between two items; `nil` for `multi`.
  package var separator: String? {
    switch self {
    case .csv: ","
    case .ssv: " "
    case .tsv: "\t"
    case .pipes: "|"
    case .multi: nil
    }
  }
}
