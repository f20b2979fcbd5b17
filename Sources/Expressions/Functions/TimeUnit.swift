import Diagnostics
import Timekeeping

/// The units in which times are moved.
///
/// Source: workflow language reference, section c.6.
enum TimeUnit: String, CaseIterable {
  case second, minute, hour, day, week, month, year

  /// Reads a name in any case.
  ///
  /// Throws E0303 for another name.
  init(named name: String) throws(ExpressionError) {
    guard let unit = TimeUnit(rawValue: OrdinalText.lowercased(name)) else {
      let nearest = NearestName.suggestion(for: name, among: Self.allCases.map(\.name))
      throw ExpressionError(
        .invalidTime,
        "'\(MediaType.shown(name))' is not a unit of time",
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "use \(Self.allCases.map(\.name).joined(separator: ", "))"
      )
    }
    self = unit
  }

  private var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

  /// The time some units later; months and years end on the last valid day; `nil` outside the
  /// years 1 to 9999.
  func adding(_ count: Int64, to time: DateTime) -> DateTime? {
    switch self {
    case .month: return Int(exactly: count).flatMap { time.adding(months: $0) }
    case .year:
      let (months, overflow) = count.multipliedReportingOverflow(by: 12)
      return overflow ? nil : Int(exactly: months).flatMap { time.adding(months: $0) }
    default:
      let (ticks, overflow) = count.multipliedReportingOverflow(by: ticks)
      return overflow ? nil : time.adding(ticks: ticks)
    }
  }

  private var ticks: Int64 {
    switch self {
    case .second: 10_000_000
    case .minute: 600_000_000
    case .hour: 36_000_000_000
    case .week: 7 * 864_000_000_000
    default: 864_000_000_000
    }
  }
}
