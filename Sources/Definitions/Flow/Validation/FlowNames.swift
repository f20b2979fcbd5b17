import Diagnostics
import Expressions
import OrderedJSON

/// The names that the expressions of a flow may use.
struct FlowNames {
  private let actions: Names
  private let variables: Names
  private let parameters: Names

  /// Names as they are spelled, and in lower case for finding them.
  private struct Names {
    let spelled: [String]
    let lowered: Set<String>

    init(_ spelled: [String]) {
      self.spelled = spelled
      lowered = Set(spelled.map { $0.lowercased() })
    }
  }

  init(_ flow: Flow) {
    let all = flow.allActions
    actions = Names(all.map(\.name))
    parameters = Names(flow.parameters.map(\.name) + ["$connections", "$authentication"])
    let declared = all.flatMap { action -> [String] in
      guard case .initializeVariable = action.kind else { return [] }
      let declared = action.inputs["variables"]?.arrayValue ?? []
      return declared.compactMap { $0["name"]?.stringValue }
    }
    variables = Names(declared)
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

  private func missing(_ what: String, _ name: String, _ known: Names) -> Problem? {
    guard !known.lowered.contains(name.lowercased()) else { return nil }
    let nearest = NearestName.suggestion(for: name, among: known.spelled)
    return Problem(
      message: "the flow has no \(what) '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" }
    )
  }
}
