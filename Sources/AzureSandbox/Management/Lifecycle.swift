internal import Timekeeping

/// What Azure Resource Manager does with a resource, and since when.
///
/// Source: Azure Communication fact sheet, section 7 ("State machines for the sandbox").
struct Lifecycle: Codable, Sendable {
  enum Activity: String, Codable, Sendable {
    case creating = "Creating"
    case updating = "Updating"
    case deleting = "Deleting"
    case moving = "Moving"
    case failed = "Failed"
  }

  let activity: Activity
  let since: Timestamp

  /// Whether it has come to an end by itself.
  func isOver(at now: Timestamp, step: Duration) -> Bool {
    activity != .failed && now >= since + step * 2
  }
}
