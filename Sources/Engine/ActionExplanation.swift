package import Definitions
import Expressions
package import OrderedJSON
import Timekeeping

/// The expressions of an action with the values that they had in a run, everything secret masked.
///
/// They are evaluated anew on the state that the journal tells; what is drawn at random comes out
/// differently.
package struct ActionExplanation {
  /// One expression, or a part of one.
  package struct Entry: Sendable {
    /// Where in the action it stands, such as `inputs/parameters/to`.
    package var place: String
    package var text: String
    /// 0 for a whole expression.
    package var depth: Int
    /// `nil` when it could not be evaluated.
    package var value: JSON?
    package var error: String?
  }

  package private(set) var entries: [Entry] = []
  private let address: ActionAddress
  private let names: PlannedNames
  private let decision: Decision
  private let scope: RunScope

  /// `flow` is the one that the run began with, `events` its journal.
  package init(of address: ActionAddress, in flow: Flow, plan: Plan, events: [RunEvent]) {
    self.address = address
    names = PlannedNames(flow)
    let isUntil = if case .until = plan.actions[address.action].step { true } else { false }
    let (state, time) = Self.state(before: address, isUntil: isUntil, plan, events)
    decision = Decision(state: state, now: time, seed: 0)
    scope = decision.scope(for: address, inside: isUntil)
    let action = flow.allActions[address.action]
    let written = flow.source.document.value.value(at: action.pointer)?.objectValue
    for member in written?.members ?? [] where !Self.otherMembers.contains(member.key) {
      visit(member.value, member.key)
    }
  }

  /// What stands for itself, and what has expressions of its own time.
  private static let otherMembers: Set<String> = [
    "actions", "else", "cases", "default", "runAfter", "metadata", "description", "type",
    "trackedProperties",
  ]

  /// The run just before the action began, or before its last test for an Until.
  private static func state(
    before address: ActionAddress,
    isUntil: Bool,
    _ plan: Plan,
    _ events: [RunEvent]
  ) -> (RunState, Timestamp) {
    let end = isUntil ? events.lastIndex { isTest($0, of: address) } : nil
    let stop = end ?? events.firstIndex { isBeginning($0, of: address) } ?? events.endIndex
    var state = RunState(plan: plan)
    for event in events[..<stop] { state.apply(event) }
    let time = events.indices.contains(stop) ? time(of: events[stop]) : nil
    return (state, time ?? state.started?.time ?? Timestamp(ticks: 0))
  }

  private static func isTest(_ event: RunEvent, of address: ActionAddress) -> Bool {
    if case .iterationTested(let event) = event { event.address == address } else { false }
  }

  private static func isBeginning(_ event: RunEvent, of address: ActionAddress) -> Bool {
    switch event {
    case .actionStarted(let event): event.address == address
    case .actionEnded(let event): event.address == address
    case .actionCarried(let event): event.address == address
    case .runStarted, .carriedOver, .departed, .attemptEnded, .iterationTested, .subscribed,
      .unsubscribing, .unsubscribed, .cancelRequested, .runEnded:
      false
    }
  }

  private static func time(of event: RunEvent) -> Timestamp? {
    switch event {
    case .actionStarted(let event): event.time
    case .actionEnded(let event): event.time
    case .actionCarried(let event): event.time
    case .iterationTested(let event): event.time
    case .runStarted, .carriedOver, .departed, .attemptEnded, .subscribed, .unsubscribing,
      .unsubscribed, .cancelRequested, .runEnded:
      nil
    }
  }

  // MARK: Expressions

  private mutating func visit(_ value: JSON, _ place: String) {
    switch value {
    case .string(let text): explain(text, place)
    case .array(let elements):
      for (index, element) in elements.enumerated() { visit(element, "\(place)/\(index)") }
    case .object(let object):
      for member in object.members {
        explain(member.key, place)
        visit(member.value, "\(place)/\(member.key)")
      }
    default: break
    }
  }

  private mutating func explain(_ text: String, _ place: String) {
    guard text.contains("@"), let template = try? Template(compiling: .string(text)) else { return }
    var nodes: [Node] = []
    template.forEachNode { nodes.append($0) }
    for node in nodes { add(Expression(node).explain(in: scope), place, depth: 0) }
  }

  private mutating func add(_ explanation: Explanation, _ place: String, depth: Int) {
    if case .literal = explanation.node { return }
    let text = explanation.text
    let isKnown = entries.contains { $0.text == text && $0.place == place }
    guard !isKnown, entries.count < Self.limit else { return }
    var entry = Entry(place: place, text: text, depth: depth)
    switch explanation.outcome {
    case .success(let value): entry.value = isSecret(text, value) ? RunView.mask : value
    case .failure(let error):
      // A message may quote a value.
      entry.error = isSecret(text, .string(error.message)) ? "a secret value" : error.message
    }
    entries.append(entry)
    for child in explanation.children { add(child, place, depth: depth + 1) }
  }

  private static let limit = 500

  private func isSecret(_ text: String, _ value: JSON) -> Bool {
    guard !decision.state.plan.actions[address.action].secureInputs,
      let template = try? Template(compiling: .string("@" + text))
    else { return true }
    var collector = UseCollector(names: names)
    collector.visit(template)
    let planned = PlannedValue(template: template, uses: collector.uses)
    return decision.isTainted(planned, value, at: address)
  }
}
