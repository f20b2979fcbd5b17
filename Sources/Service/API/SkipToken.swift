import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Where a page begins: after a run that the page before showed last.
///
/// It names that run, not a number of runs, so that pages stay right while new runs arrive.
enum SkipToken {
  static func text(after record: RunRecord) -> String {
    let value: JSON = [.integer(record.startTime.ticks), .string(record.id.text)]
    return Base64.encodeURL(value.bytes)
  }

  static func text(after fire: TriggerFire) -> String {
    let value: JSON = [
      .integer(fire.intended.ticks), .string(fire.flow), .string(fire.trigger),
      .string(fire.identity),
    ]
    return Base64.encodeURL(value.bytes)
  }

  /// - Throws: `Problem` 400 for anything that was not made here.
  static func position(_ text: String) throws(Problem) -> RunQuery.Position {
    let (time, names) = try parts(text, names: 1)
    return RunQuery.Position(startTime: time, id: RunID(names[0]))
  }

  /// - Throws: `Problem` 400 for anything that was not made here.
  static func fire(_ text: String) throws(Problem) -> FireQuery.Position {
    let (time, names) = try parts(text, names: 3)
    return FireQuery.Position(
      intended: time,
      flow: names[0],
      trigger: names[1],
      identity: names[2]
    )
  }

  private static func parts(_ text: String, names count: Int) throws(Problem) -> (
    Timestamp, [String]
  ) {
    guard text.utf8.count <= 2_000, let bytes = Base64.decodeURL(text),
      let parts = (try? JSON(parsing: bytes))?.arrayValue, parts.count == count + 1,
      case .integer(let ticks)? = parts.first
    else { throw foreign }
    let names = parts.dropFirst().compactMap(\.stringValue)
    guard names.count == count else { throw foreign }
    return (Timestamp(ticks: ticks), names)
  }

  private static let foreign = Problem.badRequest(
    "InvalidSkipToken",
    "'$skiptoken' is not one of this service: follow 'nextLink' as it is."
  )
}
