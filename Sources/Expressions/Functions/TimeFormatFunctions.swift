import Diagnostics
import OrderedJSON
import Timekeeping

/// Times written, read and cut to the start of a unit.
///
/// Source: workflow language reference, section c.6.
enum TimeFormatFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .time,
      "formatDateTime",
      [.text("timestamp"), .text("format").optional, .text("locale").optional],
      "The time written by a .NET format, with the names of a locale.",
      "formatDateTime('2018-03-15T13:27:36Z', 'dddd')",
      gives: "Thursday",
      .many { arguments, _ throws(ExpressionError) in
        let culture = try arguments.culture(2)
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        return try TimeArgument.text(time, arguments.optionalText(1), culture)
      }
    ),
    FunctionDefinition(
      .time,
      "parseDateTime",
      [.text("timestamp"), .text("locale").optional, .text("format").optional],
      "The time that a text in a locale means, by a format or as people write it.",
      "parseDateTime('20/10/2014', 'fr-fr')",
      gives: "2014-10-20T00:00:00.0000000",
      .many(parseDateTime)
    ),
    FunctionDefinition(
      .time,
      "formatTimeSpan",
      [.text("timeSpan"), .text("format"), .text("locale").optional],
      "A length of time written by a .NET format.",
      "formatTimeSpan('1.02:03:04', 'hh\\:mm')",
      gives: "02:03",
      .many(formatTimeSpan)
    ),
    start("startOfDay", "2018-03-15T00:00:00") { civil in
      (civil.hour, civil.minute, civil.second, civil.tick) = (0, 0, 0, 0)
    },
    start("startOfHour", "2018-03-15T13:00:00") { civil in
      (civil.minute, civil.second, civil.tick) = (0, 0, 0)
    },
    start("startOfMonth", "2018-03-01T00:00:00") { civil in
      (civil.day, civil.hour, civil.minute, civil.second, civil.tick) = (1, 0, 0, 0, 0)
    },
  ]

  private static func start(
    _ name: String,
    _ result: JSON,
    _ cut: @escaping @Sendable (inout CivilTime) -> Void
  ) -> FunctionDefinition {
    FunctionDefinition(
      .time,
      name,
      [.text("timestamp"), .text("format").optional],
      "The start of the \(name.dropFirst(7).lowercased()) in which a time lies.",
      "\(name)('2018-03-15T13:30:30Z', 's')",
      gives: result,
      .many { arguments, _ throws(ExpressionError) in
        let time = try TimeArgument.parse(arguments.text(0), "timestamp")
        var civil = time.civil
        cut(&civil)
        let start = DateTime(civil, kind: time.kind)
        return try TimeArgument.text(start, arguments.optionalText(1))
      }
    )
  }

  @Sendable private static func parseDateTime(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let text = arguments.text(0)
    let culture = try arguments.culture(1)
    guard let format = arguments.optionalText(2) else {
      return try TimeArgument.text(TimeArgument.parse(text, "timestamp", culture), "o")
    }
    guard let time = ExactDateParser.parse(text, format: format, culture) else {
      throw ExpressionError(
        .invalidTime,
        "the time does not match the format '\(MediaType.shown(format))'",
        hint: "the format must describe the text exactly; leave it out to read common forms"
      )
    }
    return try TimeArgument.text(time, "o")
  }

  @Sendable private static func formatTimeSpan(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    _ = try arguments.culture(2)
    guard let ticks = TimeSpan.ticks(arguments.text(0)) else {
      throw ExpressionError(
        .invalidTime,
        "'timeSpan' is not a length of time",
        hint: "write it like 1.02:03:04.5, which is 1 day, 2 hours, 3 minutes and 4.5 seconds"
      )
    }
    guard let text = TimeSpanFormat.text(ticks: ticks, arguments.text(1)) else {
      throw ExpressionError(
        .invalidTime,
        "'\(MediaType.shown(arguments.text(1)))' is not a valid format for lengths of time",
        hint: "use 'c', 'g', 'G' or a pattern such as 'd\\.hh\\:mm\\:ss'"
      )
    }
    return .string(text)
  }
}
