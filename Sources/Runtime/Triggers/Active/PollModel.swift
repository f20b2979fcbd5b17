import Connectors
import Definitions
import Diagnostics
import Engine
import OrderedJSON

/// How the answers to polls are read.
enum PollModel: Sendable {
  /// The service says itself whether there is something, and where to ask next.
  case native(TriggerShape)
  /// A policy of the connector computes what to ask next.
  case template(PollingTemplate)

  /// What an answer brings.
  enum Yield: Hashable, Sendable {
    case nothing
    /// Outputs that start runs; `items` when the service lists several.
    case event(JSON, items: [JSON]?)
  }

  /// Reads an answer and notes how to go on.
  ///
  /// `judgesStatus` leaves it to the trigger's conditions which answers count.
  func yield(
    of response: AttemptResult.Response,
    _ state: inout PollState,
    judgesStatus: Bool
  ) throws(Diagnostic) -> Yield {
    switch self {
    case .native(let shape):
      state.location = response.location
      guard response.statusCode == 200 || judgesStatus else { return .nothing }
      let items = shape == .batch ? response.outputs["body"].flatMap(TriggerItems.items) : nil
      return .event(response.outputs, items: items)
    case .template(let template):
      let body = response.outputs["body"] ?? .null
      guard state.hasBegun else {
        state.queries = try template.begin(body).state
        state.hasBegun = true
        return .nothing
      }
      let outcome = try template.poll(body, state: state.queries)
      state.queries = outcome.state
      guard !outcome.fired.isEmpty else { return .nothing }
      return .event(response.outputs, items: template.shape == .batch ? outcome.fired : nil)
    }
  }
}
