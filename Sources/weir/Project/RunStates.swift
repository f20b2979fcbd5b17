import Definitions
import Engine
import FlowPictures
import Timekeeping

/// What a run made of the actions of its flow, summed up over iterations.
enum RunStates {
  /// By name of the action in lower case.
  static func states(of run: RunState) -> [String: Picture.State] {
    let byAction = Dictionary(grouping: run.order, by: \.action)
    let states = byAction.map { action, addresses in
      let instances = addresses.compactMap { run.instances[$0] }
      return (run.plan.actions[action].name.lowercased(), state(instances))
    }
    return Dictionary(states) { first, _ in first }
  }

  private static func state(_ instances: [ActionInstance]) -> Picture.State {
    let status = worst(instances.map(\.status))
    return Picture.State(
      status: status.rawValue,
      text: instances.count == 1 ? text(instances[0]) : counts(instances)
    )
  }

  private static func text(_ instance: ActionInstance) -> String {
    guard instance.status != .skipped else { return "" }
    var words: [String] = []
    if let end = instance.endTime { words.append(RunOutput.text(end - instance.startTime)) }
    if instance.attempts.count > 1 { words.append("\(instance.attempts.count) attempts") }
    return words.joined(separator: ", ")
  }

  private static func counts(_ instances: [ActionInstance]) -> String {
    let groups = Dictionary(grouping: instances, by: \.status)
    guard groups.count > 1 else { return "\(instances.count) times" }
    return ActionStatus.allCases.compactMap { status in
      groups[status].map { "\($0.count) \(status.rawValue.lowercased())" }
    }.joined(separator: ", ")
  }

  private static let severity: [ActionStatus] = [
    .running, .waiting, .failed, .timedOut, .cancelled, .succeeded, .skipped,
  ]

  private static func worst(_ statuses: [ActionStatus]) -> ActionStatus {
    severity.first { statuses.contains($0) } ?? .skipped
  }
}
