import Definitions
import Engine
package import OrderedJSON
package import Seams

/// A replay that is decided and not begun: what it keeps, and what it does again.
package struct PreparedReplay: Sendable {
  /// The run that is repeated.
  package let parent: RunRecord
  package let order: ResubmissionOrder
  /// What is sent again, or for the first time, in the order of the flow.
  package internal(set) var calls: [RepeatedCall] = []
  let flow: PreparedFlow
  let trigger: TriggerEvent
  let replay: Replay

  init(
    parent: RunRecord,
    order: ResubmissionOrder,
    flow: PreparedFlow,
    trigger: TriggerEvent,
    replay: Replay
  ) {
    self.parent = parent
    self.order = order
    self.flow = flow
    self.trigger = trigger
    self.replay = replay
  }

  /// Actions that the flow no longer has.
  package var removed: [String] { replay.removed }

  /// The results that are taken over, such as `Create_user`.
  package var kept: [String] {
    let results = replay.results.filter { $0.value.status != .skipped }.keys
    let spelled = results.sorted { left, right in
      (left.action, left.indices.description) < (right.action, right.indices.description)
    }
    return spelled.filter { !flow.plan.actions[$0.action].step.isContainer }.map(flow.plan.spelled)
  }

  /// Whether something outside may happen a second time.
  package var repeatsSideEffects: Bool { calls.contains(where: \.repeatsSideEffect) }

  /// Source: command line contract, section "Shapes" (`run resubmit --dry-run`).
  package var json: JSON {
    [
      "run": .string(parent.id.text), "flow": .string(parent.flow),
      "status": .string(parent.status.rawValue), "mode": .string(order.mode.name),
      "definition": .string(order.definition.rawValue),
      "sends": .array(calls.map(\.json)), "keeps": .array(kept.map { .string($0) }),
      "removed": .array(removed.map { .string($0) }),
      "repeatsSideEffects": .bool(repeatsSideEffects),
    ]
  }
}

extension ResubmissionOrder.Mode {
  /// As records of runs name it.
  package var name: String {
    switch self {
    case .whole: "resubmit"
    case .fromFailed: "from-failed"
    case .fromActions: "from-action"
    }
  }

  /// The actions that it begins with, as one text.
  var actionNames: String? {
    if case .fromActions(let names) = self { names.joined(separator: ",") } else { nil }
  }
}
