import Diagnostics
import OrderedJSON

/// Calculations over the three kinds of number.
///
/// Integers stay integers, a float makes the result a float, and a decimal makes it a decimal.
///
/// Source: workflow language reference, section c.5.
enum Arithmetic {
  static func add(_ left: JSON, _ right: JSON) throws(ExpressionError) -> JSON {
    if case (.integer(let left), .integer(let right)) = (left, right) {
      return try exact(left.addingReportingOverflow(right))
    }
    return try combine(left, right, { $0 + $1 }, { $0.adding($1) })
  }

  static func subtract(_ left: JSON, _ right: JSON) throws(ExpressionError) -> JSON {
    if case (.integer(let left), .integer(let right)) = (left, right) {
      return try exact(left.subtractingReportingOverflow(right))
    }
    return try combine(left, right, { $0 - $1 }, { $0.adding($1.negated) })
  }

  static func multiply(_ left: JSON, _ right: JSON) throws(ExpressionError) -> JSON {
    if case (.integer(let left), .integer(let right)) = (left, right) {
      return try exact(left.multipliedReportingOverflow(by: right))
    }
    return try combine(left, right, { $0 * $1 }, { $0.multiplied(by: $1) })
  }

  static func divide(_ left: JSON, _ right: JSON) throws(ExpressionError) -> JSON {
    try requireDivisor(left, right)
    if case (.integer(let left), .integer(let right)) = (left, right) {
      return try exact(left.dividedReportingOverflow(by: right))
    }
    return try combine(left, right, { $0 / $1 }, { $0.divided(by: $1) })
  }

  static func remainder(_ left: JSON, _ right: JSON) throws(ExpressionError) -> JSON {
    try requireDivisor(left, right)
    if case (.integer(let left), .integer(let right)) = (left, right) {
      return .integer(right == -1 ? 0 : left % right)
    }
    return try combine(
      left,
      right,
      { $0.truncatingRemainder(dividingBy: $1) },
      { $0.remainder(dividingBy: $1) }
    )
  }

  /// The first operand that no other one precedes, in the widest kind that any has.
  static func extreme(
    of values: [JSON],
    where precedes: (Int) -> Bool
  ) throws(ExpressionError) -> JSON? {
    guard var best = values.first else { return nil }
    for value in values.dropFirst() {
      if let order = Comparison.order(value, best), precedes(order) { best = value }
    }
    let kinds = values.reduce(into: KindSet()) { $0.formUnion(KindSet(of: $1)) }
    if kinds.contains(.decimal) { return .decimal(try decimal(best)) }
    return kinds.contains(.float) ? .double(best.doubleValue ?? .nan) : best
  }

  /// A number as a decimal.
  ///
  /// Throws E0302 when it does not fit.
  static func decimal(_ value: JSON) throws(ExpressionError) -> ScaledDecimal {
    switch value {
    case .decimal(let value): return value
    case .integer(let value): return ScaledDecimal(value)
    default:
      guard let value = ScaledDecimal(rounding: value.doubleValue ?? .nan) else {
        throw overflow("a decimal")
      }
      return value
    }
  }

  private static func combine(
    _ left: JSON,
    _ right: JSON,
    _ doubles: (Double, Double) -> Double,
    _ decimals: (ScaledDecimal, ScaledDecimal) -> ScaledDecimal?
  ) throws(ExpressionError) -> JSON {
    guard KindSet(of: left) == .decimal || KindSet(of: right) == .decimal else {
      return .double(doubles(left.doubleValue ?? .nan, right.doubleValue ?? .nan))
    }
    guard let result = try decimals(decimal(left), decimal(right)) else {
      throw overflow("a decimal")
    }
    return .decimal(result)
  }

  private static func exact(_ result: (partialValue: Int64, overflow: Bool))
    throws(ExpressionError) -> JSON
  {
    guard !result.overflow else { throw overflow("a 64-bit integer") }
    return .integer(result.partialValue)
  }

  /// Only floats divide by zero, to infinity.
  private static func requireDivisor(_ left: JSON, _ right: JSON) throws(ExpressionError) {
    let kinds = KindSet(of: left).union(KindSet(of: right))
    let isZero: Bool
    if kinds.contains(.decimal) {
      isZero = try decimal(right).mantissa == 0
    } else {
      isZero = right.doubleValue == 0 && !kinds.contains(.float)
    }
    guard isZero else { return }
    throw ExpressionError(
      .arithmetic,
      "cannot divide by zero",
      hint: "test the divisor with if(equals(...)) first"
    )
  }

  private static func overflow(_ kind: String) -> ExpressionError {
    ExpressionError(
      .arithmetic,
      "the result does not fit \(kind)",
      hint: "convert an operand with float() where rounding is acceptable"
    )
  }
}
