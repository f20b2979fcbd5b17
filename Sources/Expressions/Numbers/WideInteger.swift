/// A natural number of up to 256 bits, for the intermediate results of decimals.
struct WideInteger: Comparable {
  var high: UInt128
  var low: UInt128

  init(_ value: UInt128) {
    high = 0
    low = value
  }

  /// The full product of two numbers.
  init(_ left: UInt128, times right: UInt128) {
    (high, low) = left.multipliedFullWidth(by: right)
  }

  static func < (left: WideInteger, right: WideInteger) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The sum, which must fit.
  static func + (left: WideInteger, right: WideInteger) -> WideInteger {
    var sum = left
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    sum.low = low
    sum.high = left.high &+ right.high &+ (carry ? 1 : 0)
    return sum
  }

  /// The difference, which must not be negative.
  static func - (left: WideInteger, right: WideInteger) -> WideInteger {
    var difference = left
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    difference.low = low
    difference.high = left.high &- right.high &- (borrow ? 1 : 0)
    return difference
  }

  func quotientAndRemainder(dividingBy divisor: UInt128) -> (WideInteger, UInt128) {
    var quotient = self
    let upper = high.quotientAndRemainder(dividingBy: divisor)
    let lower = divisor.dividingFullWidth((upper.remainder, low))
    quotient.high = upper.quotient
    quotient.low = lower.quotient
    return (quotient, lower.remainder)
  }
}
