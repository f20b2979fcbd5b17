import Definitions
import Engine

/// The version of a flow in force, with the rules of its triggers.
struct CompiledFlow: Sendable {
  let prepared: PreparedFlow
  /// Whether an action answers the caller.
  let hasResponse: Bool
  /// Whether such an action wants the caller to come back for its answer.
  let answersLater: Bool
  /// Whether such an action answers without saying which run it belongs to.
  let suppressesHeaders: Bool
  private let rules: [String: Result<TriggerRules, ActionFailure>]

  init(_ prepared: PreparedFlow) {
    self.prepared = prepared
    let responses = prepared.plan.actions.filter { action in
      if case .respond = action.step { true } else { false }
    }
    hasResponse = !responses.isEmpty
    answersLater = responses.contains { $0.operationOptions.contains("asynchronous") }
    suppressesHeaders = responses.contains {
      $0.operationOptions.contains("suppressworkflowheadersonresponse")
    }
    var rules: [String: Result<TriggerRules, ActionFailure>] = [:]
    for trigger in prepared.plan.triggers {
      rules[trigger.name.lowercased()] = Result { () throws(ActionFailure) in
        try TriggerRules(trigger, of: prepared.plan)
      }
    }
    self.rules = rules
  }

  /// The rules of a trigger.
  ///
  /// - Throws: `ActionFailure` when this version has no such trigger, or an expression of it cannot
  ///   be compiled.
  func rules(of trigger: String) throws(ActionFailure) -> TriggerRules {
    guard let rules = rules[trigger.lowercased()] else {
      throw ActionFailure(
        code: "TriggerNotFound",
        message: "The flow '\(prepared.plan.flow)' has no trigger '\(trigger)' any more."
      )
    }
    return try rules.get()
  }
}
