import OrderedJSON

/// The order of two values of the same kind.
///
/// Source: workflow language reference, section b.7.
enum Comparison {
  /// Below, at or above zero; `nil` when the values have no order, as NaN.
  static func order(_ left: JSON, _ right: JSON) -> Int? {
    switch (left, right) {
    case (.string(let left), .string(let right)): order(left, right)
    case (.integer(let left), .integer(let right)): left < right ? -1 : left > right ? 1 : 0
    case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
    case (.null, .null): 0
    default: numbers(left, right)
    }
  }

  /// The ordinal order of UTF-16 units.
  private static func order(_ left: String, _ right: String) -> Int {
    var leftUnits = left.utf16.makeIterator()
    var rightUnits = right.utf16.makeIterator()
    while true {
      switch (leftUnits.next(), rightUnits.next()) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let left?, let right?): if left != right { return left < right ? -1 : 1 }
      }
    }
  }

  private static func numbers(_ left: JSON, _ right: JSON) -> Int? {
    switch (left, right) {
    case (.decimal(let left), .decimal(let right)): return left.compared(to: right)
    case (.decimal(let left), .integer(let right)): return left.compared(to: ScaledDecimal(right))
    case (.integer(let left), .decimal(let right)): return ScaledDecimal(left).compared(to: right)
    default:
      guard let left = left.doubleValue, let right = right.doubleValue, !left.isNaN, !right.isNaN
      else { return nil }
      return left < right ? -1 : left > right ? 1 : 0
    }
  }
}
