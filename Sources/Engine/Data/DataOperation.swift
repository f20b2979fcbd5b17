package import OrderedJSON

/// A step that a pure function of its inputs completes.
///
/// Source: workflow language reference, section d.1.
package enum DataOperation: Sendable {
  case compose(PlannedValue)
  /// The schema is compiled here when no expression makes it.
  case parse(PlannedValue, JSONSchema?)
  /// Keeps the elements for which `where` holds.
  case query(ListOperation)
  /// Makes a new element of each one.
  case select(ListOperation)
  case join(PlannedValue)
  case table(from: PlannedValue, format: PlannedValue, columns: [TableColumn]?)
  /// A time computed by a function that reads its arguments from the inputs as `item()`.
  case time(PlannedValue, TimeOperation)
}

/// What a list goes through, element by element.
package struct ListOperation: Sendable {
  package var from: PlannedValue
  package var each: PlannedValue
  /// `each` as it was written, for the record of the inputs.
  package var written: JSON
}

/// A column of a Table: its heading, and its value for an element.
package struct TableColumn: Sendable {
  package var header: PlannedValue
  package var value: PlannedValue
}
