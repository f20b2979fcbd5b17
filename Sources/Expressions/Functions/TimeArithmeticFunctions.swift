import Diagnostics
import OrderedJSON
import Timekeeping

/// Times moved and compared, and the numbers in them.
///
/// Source: workflow language reference, section c.6.
enum TimeArithmeticFunctions {
  static let all: [FunctionDefinition] =
    [
      moving("addDays", .day), moving("addHours", .hour), moving("addMinutes", .minute),
      moving("addSeconds", .second),
      movingByUnit("addToTime", "plus", sign: 1, gives: "2018-01-02T00:00:00.0000000Z"),
      movingByUnit("subtractFromTime", "minus", sign: -1, gives: "2017-12-31T00:00:00.0000000Z"),
      reading("dayOfMonth", "The day of the month.", 15) { Int64($0.civil.day) },
      reading("dayOfWeek", "The day of the week; Sunday is 0.", 4) { Int64($0.weekday) },
      reading("dayOfYear", "The day of the year.", 74) { Int64($0.dayOfYear) },
      reading("ticks", "The time in units of 100 ns since the year 1.", 636567172560000000) {
        $0.ticks
      },
    ] + [
      FunctionDefinition(
        .time,
        "dateDifference",
        [.text("startDate"), .text("endDate")],
        "The time from one date to another, as days.hours:minutes:seconds.",
        "dateDifference('2018-01-01', '2018-01-03T04:05:06')",
        gives: "2.04:05:06",
        .two { start, end throws(ExpressionError) in
          let start = try TimeArgument.parse(start.checkedText, "startDate")
          let end = try TimeArgument.parse(end.checkedText, "endDate")
          return .string(TimeSpan.text(ticks: end.ticks - start.ticks))
        }
      )
    ]

  private static func moving(_ name: String, _ unit: TimeUnit) -> FunctionDefinition {
    FunctionDefinition(
      .time,
      name,
      [.text("timestamp"), .integer("count"), .text("format").optional],
      "The time some \(unit.rawValue)s later, or earlier when the number is negative.",
      "\(name)('2018-03-15T00:00:00Z', 0, 's')",
      gives: "2018-03-15T00:00:00",
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        let moved = unit.adding(arguments.integer(1), to: time)
        return try TimeArgument.text(moved, arguments.optionalText(2))
      }
    )
  }

  private static func movingByUnit(
    _ name: String,
    _ word: String,
    sign: Int64,
    gives result: JSON
  ) -> FunctionDefinition {
    FunctionDefinition(
      .time,
      name,
      [.text("timestamp"), .integer("interval"), .text("timeUnit"), .text("format").optional],
      "The time \(word) some units: Second, Minute, Hour, Day, Week, Month or Year.",
      "\(name)('2018-01-01T00:00:00Z', 1, 'Day')",
      gives: result,
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        let unit = try TimeUnit(named: arguments.text(2))
        let moved = unit.adding(arguments.integer(1) &* sign, to: time)
        return try TimeArgument.text(moved, arguments.optionalText(3))
      }
    )
  }

  private static func reading(
    _ name: String,
    _ summary: String,
    _ result: JSON,
    _ field: @escaping @Sendable (DateTime) -> Int64
  ) -> FunctionDefinition {
    FunctionDefinition(
      .time,
      name,
      [.text("timestamp")],
      summary,
      "\(name)('2018-03-15T13:27:36Z')",
      gives: result,
      .one { value throws(ExpressionError) in
        .integer(field(try TimeArgument.parse(value.checkedText, "timestamp")))
      }
    )
  }
}
