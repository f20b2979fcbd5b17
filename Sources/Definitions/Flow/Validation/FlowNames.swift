import Diagnostics
import Expressions
import OrderedJSON

/// The names that the expressions of a flow may use.
struct FlowNames {
  private let actions: [String]
  private let variables: [String]
  private let parameters: [String]

  init(_ flow: Flow) {
    let all = flow.allActions
    actions = all.map(\.name)
    parameters = flow.parameters.map(\.name) + ["$connections", "$authentication"]
    variables = all.flatMap { action -> [String] in
      guard case .initializeVariable = action.kind else { return [] }
      let declared = action.inputs["variables"]?.arrayValue ?? []
      return declared.compactMap { $0["name"]?.stringValue }
    }
  }

  struct Problem {
    var message: String
    var hint: String?
  }

  /// What is wrong with a reference from inside these loops, named in lower case.
  func problem(of reference: Reference, loops: [String]) -> Problem? {
    switch reference {
    case .action(let name), .scope(let name): return missing("action", name, actions)
    case .variable(let name): return missing("variable", name, variables)
    case .parameter(let name): return missing("parameter", name, parameters)
    case .loop(let name), .until(let name):
      guard !loops.contains(name.lowercased()) else { return nil }
      return missing("action", name, actions)
        ?? Problem(
          message: "'\(name)' is no loop around this place",
          hint: loops.last.map { "the innermost loop here is '\($0)'" }
            ?? "use items() only inside a Foreach"
        )
    default: return nil
    }
  }

  private func missing(_ what: String, _ name: String, _ known: [String]) -> Problem? {
    let lowered = name.lowercased()
    guard !known.contains(where: { $0.lowercased() == lowered }) else { return nil }
    let nearest = NearestName.suggestion(for: name, among: known)
    return Problem(
      message: "the flow has no \(what) '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" }
    )
  }
}
