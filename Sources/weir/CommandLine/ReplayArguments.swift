import CommandLineArguments
import OrderedJSON
import Runtime
import Timekeeping

/// How runs are to be replayed, as the command line says it.
enum ReplayArguments {
  /// How fast many replays are begun.
  struct Pace: Sendable {
    var interval: Duration
    var concurrency: Int
  }

  /// - Throws: `UsageError`, or `CommandFailure` when the input cannot be read.
  static func order(_ context: Context) throws -> ResubmissionOrder {
    let arguments = context.arguments
    var order = ResubmissionOrder(mode: try mode(arguments))
    let definition = arguments.value("definition") ?? "original"
    guard let known = ResubmissionOrder.Definition(rawValue: definition) else {
      throw UsageError("'--definition \(definition)' is unknown", hint: "use original or latest")
    }
    order.definition = known
    if let path = arguments.value("input") {
      order.input = try InputFile.json(at: path, Project(context))
    }
    for text in arguments.values("connection") {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw UsageError(
          "'--connection \(text)' names no connection",
          hint: "write REF=NAME: the name that the flow uses, then the one to use"
        )
      }
      order.connections[parts[0]] = parts[1]
    }
    return order
  }

  private static func mode(_ arguments: Arguments) throws(UsageError) -> ResubmissionOrder.Mode {
    let actions = arguments.values("from-action")
    guard !arguments.has("from-failed") else {
      guard actions.isEmpty else {
        throw UsageError("--from-failed and --from-action exclude each other")
      }
      return .fromFailed
    }
    return actions.isEmpty ? .whole : .fromActions(actions)
  }

  /// - Throws: `UsageError`.
  static func pace(_ context: Context) throws(UsageError) -> Pace {
    let concurrency = try context.arguments.integer("concurrency", in: 1...10_000) ?? 50
    guard let text = context.arguments.value("rate") else {
      return Pace(interval: .zero, concurrency: concurrency)
    }
    let parts = text.split(separator: "/", maxSplits: 1)
    let units: [Substring: Double] = ["s": 1, "m": 60, "h": 3600]
    guard let number = Double(parts[0]), number > 0, number <= 1_000_000,
      let unit = units[parts.count == 2 ? parts[1] : "s"]
    else {
      throw UsageError("'--rate \(text)' is no rate", hint: "write 5/s, 100/m or 1000/h")
    }
    return Pace(interval: .seconds(unit / number), concurrency: concurrency)
  }
}
