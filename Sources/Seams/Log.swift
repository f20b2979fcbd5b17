/// Where notable events go.
package struct Log: Sendable {
  package enum Level: String, Hashable, Sendable, Comparable {
    case debug, info, warning, error

    private var rank: Int {
      switch self {
      case .debug: 0
      case .info: 1
      case .warning: 2
      case .error: 3
      }
    }

    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
  }

  /// One event; fields never hold secrets.
  package struct Entry: Hashable, Sendable {
    package var level: Level
    /// The stable name of the event, such as `run.started`.
    package var event: String
    package var fields: [(name: String, value: String)]

    package init(_ level: Level, _ event: String, _ fields: [(name: String, value: String)] = []) {
      self.level = level
      self.event = event
      self.fields = fields
    }

    package static func == (left: Entry, right: Entry) -> Bool {
      left.level == right.level && left.event == right.event
        && left.fields.elementsEqual(right.fields, by: ==)
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(level)
      hasher.combine(event)
    }
  }

  private let sink: @Sendable (Entry) -> Void

  package init(_ sink: @escaping @Sendable (Entry) -> Void) { self.sink = sink }

  /// Drops everything.
  package static let silent = Log { _ in }

  package func write(
    _ level: Level,
    _ event: String,
    _ fields: [(name: String, value: String)] = []
  ) {
    sink(Entry(level, event, fields))
  }
}
