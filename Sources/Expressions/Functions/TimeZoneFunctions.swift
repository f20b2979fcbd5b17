import Diagnostics
import OrderedJSON
import Timekeeping

/// Times moved between time zones.
///
/// Source: workflow language reference, section c.6.
enum TimeZoneFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .time,
      "convertFromUtc",
      [.text("timestamp"), .text("destinationTimeZone"), .text("format").optional],
      "A time in UTC as clocks in a zone show it.",
      "convertFromUtc('2018-01-01T08:00:00Z', 'Pacific Standard Time')",
      gives: "2018-01-01T00:00:00.0000000",
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        let zone = try zone(arguments.text(1))
        return try TimeArgument.text(local(time, zone), arguments.optionalText(2))
      }
    ),
    FunctionDefinition(
      .time,
      "convertToUtc",
      [.text("timestamp"), .text("sourceTimeZone"), .text("format").optional],
      "A time on the clocks of a zone in UTC.",
      "convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time')",
      gives: "2018-01-01T08:00:00.0000000Z",
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        let utc = try universal(time, zone(arguments.text(1)), arguments.text(1))
        return try TimeArgument.text(utc, arguments.optionalText(2))
      }
    ),
    FunctionDefinition(
      .time,
      "convertTimeZone",
      [
        .text("timestamp"), .text("sourceTimeZone"), .text("destinationTimeZone"),
        .text("format").optional,
      ],
      "A time on the clocks of one zone as the clocks of another show it.",
      "convertTimeZone('2018-01-01T08:00:00Z', 'UTC', 'Pacific Standard Time')",
      gives: "2018-01-01T00:00:00.0000000",
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        let utc = try universal(time, zone(arguments.text(1)), arguments.text(1))
        let destination = try zone(arguments.text(2))
        return try TimeArgument.text(local(utc, destination), arguments.optionalText(3))
      }
    ),
  ]

  private static func local(_ time: DateTime, _ zone: ZoneRules) -> DateTime? {
    var local = time.adding(ticks: zone.offset(at: time.timestamp).ticks)
    local?.kind = .unspecified
    return local
  }

  /// A time that occurs twice means the second, standard one; one that is skipped is an error, as
  /// in .NET.
  private static func universal(
    _ time: DateTime,
    _ zone: ZoneRules,
    _ name: String
  ) throws(ExpressionError) -> DateTime {
    switch zone.instants(of: time.civil) {
    case .one(let instant), .two(_, let instant): return DateTime(instant)
    case .skipped:
      throw ExpressionError(
        .invalidTime,
        "the time does not exist in the zone '\(MediaType.shown(name))': clocks go forward then",
        hint: "use a time outside the skipped hour"
      )
    }
  }

  private static func zone(_ name: String) throws(ExpressionError) -> ZoneRules {
    if let zone = ZoneRules(named: name) { return zone }
    let nearest = NearestName.suggestion(for: name, among: WindowsTimeZones.identifiers.keys)
    throw ExpressionError(
      .invalidTime,
      "'\(MediaType.shown(name))' is not a known time zone",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "use a Windows name such as 'W. Europe Standard Time', or 'Europe/Berlin'"
    )
  }
}
