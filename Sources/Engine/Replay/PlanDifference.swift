import Definitions
package import OrderedJSON

/// Which actions of a flow no longer do what they did when a run of it took place.
///
/// An action is unchanged when its definition is, its place among the containers too, and when it
/// reads nothing of the trigger and the parameters that is different now. What it reads of other
/// actions need not be looked at: they come before it, and what comes after a change runs again.
package struct PlanDifference: Sendable {
  /// The definitions before and now, as the language has them.
  private let before: [String: Entry]
  private let now: [String: Entry]
  private let readsTrigger: Bool
  private let parameters: Set<String>

  private struct Entry: Equatable {
    var path: String
    var shell: JSON
  }

  /// - Parameters:
  ///   - old: The definition that the run took place with.
  ///   - new: The definition that it is to be repeated with.
  ///   - parameters: The names of parameters whose values differ.
  ///   - triggerChanged: Whether the trigger outputs differ.
  package init(
    from old: JSON,
    to new: JSON,
    parameters: Set<String> = [],
    triggerChanged: Bool = false
  ) {
    before = Self.entries(of: old)
    now = Self.entries(of: new)
    readsTrigger = triggerChanged
    self.parameters = Set(parameters.map { $0.lowercased() })
  }

  /// The places of changed actions in the new plan.
  package func changed(in plan: Plan) -> Set<Int> {
    Set(plan.actions.filter { isChanged($0.name.lowercased()) }.map(\.index))
  }

  private func isChanged(_ name: String) -> Bool {
    guard let entry = now[name], before[name] == entry else { return true }
    guard readsTrigger || !parameters.isEmpty else { return false }
    let text = entry.shell.text.lowercased().filter { $0 != " " }
    if readsTrigger, Self.triggerFunctions.contains(where: text.contains) { return true }
    return parameters.contains { text.contains("parameters('\($0)'") }
      || !parameters.isEmpty && Self.readsAnyParameter(text)
  }

  private static let triggerFunctions = [
    "trigger(", "triggers(", "triggerbody(", "triggeroutputs(", "triggerformdatavalue(",
    "triggerformdatamultivalues(", "triggermultipartbody(",
  ]

  /// Whether the name of a parameter is computed.
  private static func readsAnyParameter(_ text: String) -> Bool {
    text.split(separator: "parameters(", omittingEmptySubsequences: false).dropFirst()
      .contains { !$0.hasPrefix("'") }
  }

  // MARK: Definitions

  private static func entries(of definition: JSON) -> [String: Entry] {
    var entries: [String: Entry] = [:]
    collect(definition["actions"], "", into: &entries)
    return entries
  }

  private static func collect(_ actions: JSON?, _ path: String, into entries: inout [String: Entry])
  {
    for member in actions?.objectValue?.members ?? [] {
      var shell = member.value.objectValue ?? JSONObject()
      let inner = "\(path)/\(member.key.lowercased())"
      for (branch, content) in contents(of: shell) {
        collect(content, inner + branch, into: &entries)
      }
      for key in ["actions", "else", "default", "description", "metadata"] { shell[key] = nil }
      if let cases = shell["cases"]?.objectValue {
        let values = cases.members.map { $0.value["case"] ?? .null }
        shell["cases"] = .array(values)
      }
      entries[member.key.lowercased()] = Entry(path: path, shell: .object(shell))
    }
  }

  /// The `actions` objects inside an action, each with a name for its place.
  private static func contents(of action: JSONObject) -> [(String, JSON)] {
    var found: [(String, JSON)] = []
    if let actions = action["actions"] { found.append(("", actions)) }
    for name in ["else", "default"] {
      if let actions = action[name]?["actions"] { found.append(("/\(name)", actions)) }
    }
    for member in action["cases"]?.objectValue?.members ?? [] {
      if let actions = member.value["actions"] { found.append(("/\(member.key)", actions)) }
    }
    return found
  }
}
