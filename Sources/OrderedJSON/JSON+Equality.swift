extension JSON: Hashable {
  /// Compares by value: numbers across kinds, objects without regard to member order.
  ///
  /// Source: workflow language reference, section b.7.
  package static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left.isOrdinallyEqual(to: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: numbersAreEqual(left, right)
    }
  }

  private static func numbersAreEqual(_ left: JSON, _ right: JSON) -> Bool {
    switch (left, right) {
    case (.decimal(let left), .decimal(let right)): return left == right
    case (.decimal(let left), .integer(let right)), (.integer(let right), .decimal(let left)):
      return left == ScaledDecimal(right)
    case (.double(let left), .integer(let right)), (.integer(let right), .double(let left)):
      return left == Double(right)
    default:
      guard let left = left.doubleValue, let right = right.doubleValue else { return false }
      return left == right
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer, .double, .decimal: hasher.combine(doubleValue)
    case .string(let value): for unit in value.utf8 { hasher.combine(unit) }
    case .array(let value): hasher.combine(value)
    case .object(let value): hasher.combine(value)
    }
  }
}

extension String {
  /// Whether both have the same code units; Swift's `==` also equates canonical equivalents.
  package func isOrdinallyEqual(to other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
