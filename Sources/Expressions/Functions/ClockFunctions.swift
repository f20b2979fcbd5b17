import Diagnostics
import OrderedJSON
import Timekeeping

/// The present time, and times seen from it.
///
/// Source: workflow language reference, section c.6.
enum ClockFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .time,
      "utcNow",
      [.text("format").optional],
      "The present time in UTC.",
      "utcNow('yyyy-MM-dd')",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        try TimeArgument.text(DateTime(evaluation.scope.now), arguments.optionalText(0))
      }
    ),
    FunctionDefinition(
      .time,
      "getFutureTime",
      [.integer("interval"), .text("timeUnit"), .text("format").optional],
      "The present time plus some units.",
      "getFutureTime(5, 'Day')",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        try moved(arguments, arguments.integer(0), &evaluation)
      }
    ),
    FunctionDefinition(
      .time,
      "getPastTime",
      [.integer("interval"), .text("timeUnit"), .text("format").optional],
      "The present time minus some units.",
      "getPastTime(5, 'Day')",
      gives: nil,
      .many { arguments, evaluation throws(ExpressionError) in
        try moved(arguments, 0 &- arguments.integer(0), &evaluation)
      }
    ),
  ]

  private static func moved(
    _ arguments: Arguments,
    _ count: Int64,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let unit = try TimeUnit(named: arguments.text(1))
    let time = unit.adding(count, to: DateTime(evaluation.scope.now))
    return try TimeArgument.text(time, arguments.optionalText(2))
  }
}
