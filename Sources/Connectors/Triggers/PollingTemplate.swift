package import Definitions
package import Diagnostics
package import OrderedJSON

/// A trigger that asks with query parameters computed from the last answer.
///
/// Source: connector format reference, section (g), polling, template.
package struct PollingTemplate: Sendable {
  /// What is kept between two polls: query parameters by name.
  package typealias State = [String: String]

  package let shape: TriggerShape
  private let parameters: [(name: String, template: PolicyTemplate)]
  private let dataPath: PropertyPath

  init(policy: PolicyInstance, shape: TriggerShape) {
    self.shape = shape
    let object = policy.parameters["triggerconfig"]?.objectValue ?? JSONObject()
    parameters = object.members.compactMap { member in
      // It names the paging property and is no query parameter.
      guard member.key.lowercased() != "x-ms-triggerconfig-nextlink" else { return nil }
      return (member.key, PolicyTemplate(ParameterText.text(member.value)))
    }
    dataPath = PropertyPath(text: policy.text("triggerDataPath"))
  }

  /// What a poll brought.
  package struct Outcome: Sendable {
    /// Bodies that start runs, in the order of the answer.
    package var fired: [JSON]
    package var state: State
  }

  /// The first poll only notes where things stand.
  ///
  /// - Throws: C0008 when a template goes through something that is not there.
  package func begin(_ body: JSON) throws(Diagnostic) -> Outcome {
    Outcome(fired: [], state: try state(after: body))
  }

  /// A later poll: nothing without items, else every item (or the whole body) and the new state.
  ///
  /// - Throws: C0008 when a template goes through something that is not there.
  package func poll(_ body: JSON, state: State) throws(Diagnostic) -> Outcome {
    let items = dataPath.value(in: body)?.arrayValue ?? []
    guard !items.isEmpty else { return Outcome(fired: [], state: state) }
    let fired = shape == .batch ? items : [body]
    return Outcome(fired: fired, state: try self.state(after: body))
  }

  /// The templates over an answer; without items those with expressions have no value yet.
  private func state(after body: JSON) throws(Diagnostic) -> State {
    let isEmpty = dataPath.value(in: body)?.arrayValue?.isEmpty ?? true
    var scope = PolicyScope(connection: ConnectionValues())
    scope.body = body
    var state: State = [:]
    for (name, template) in parameters {
      if isEmpty, !template.expressions.isEmpty { continue }
      let text = try scope.text(of: template)
      if !text.isEmpty { state[name] = text }
    }
    return state
  }
}
