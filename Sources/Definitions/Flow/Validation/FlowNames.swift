import Diagnostics
import Expressions
import OrderedJSON

/// The names that the expressions of a flow may use.
struct FlowNames {
  private let actions: Names
  private let variables: Names
  private let parameters: Names
  private let containers: Names
  /// Which action initializes a variable, by its name in lower case.
  private let initializers: [String: String]

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
    containers = Names(all.filter { !$0.kind.blocks.isEmpty }.map(\.name))
    let declared = flow.declaredVariables
    variables = Names(declared.map(\.name))
    initializers = Dictionary(declared.map { ($0.name.lowercased(), $0.action) }) { first, _ in
      first
    }
  }

  struct Problem {
    var code = DiagnosticCode.unknownReference
    var message: String
    var hint: String?
    var severity = Diagnostic.Severity.error
  }

  /// What is wrong with a reference at a place.
  func problem(of reference: Reference, at place: ExpressionPlace) -> Problem? {
    switch reference {
    case .action(let name):
      missing("action", name, actions) ?? tooEarly(name, "'\(name)'", place)
    case .scope(let name):
      missing("action", name, actions) ?? noContainer(name)
        ?? tooEarly(name, "the results of '\(name)'", place)
    case .variable(let name): variableProblem(name, at: place)
    case .parameter(let name): missing("parameter", name, parameters)
    case .loop(let name): loopProblem(name, "Foreach", "items()", place)
    case .until(let name): loopProblem(name, "Until", "iterationIndexes()", place)
    case .item: place.hasItem ? nil : unavailable("item()", "in loops and data operations")
    case .currentAction:
      place.hasRecord
        ? nil
        : unavailable(
          "action()",
          "in trackedProperties, in the condition of an Until and where a webhook unsubscribes"
        )
    case .callbackURL:
      place.hasCallback ? nil : unavailable("listCallbackUrl()", "where a webhook subscribes")
    default: nil
    }
  }

  /// What is wrong with a variable that an action reads or changes.
  func variableProblem(_ name: String, at place: ExpressionPlace) -> Problem? {
    if let problem = missing("variable", name, variables) { return problem }
    guard let initializer = initializers[name.lowercased()] else { return nil }
    return tooEarly(
      initializer,
      "the variable '\(name)' before '\(initializer)' initialized it",
      place
    )
  }

  private func missing(_ what: String, _ name: String, _ known: Names) -> Problem? {
    guard !known.lowered.contains(name.lowercased()) else { return nil }
    let nearest = NearestName.suggestion(for: name, among: known.spelled)
    let hint =
      switch what {
      case "variable": "initialize it with an action of type InitializeVariable"
      case "parameter": "declare it in \"parameters\" of the flow"
      default:
        known.spelled.isEmpty
          ? "add the action" : "its actions: \(known.spelled.prefix(12).joined(separator: ", "))"
      }
    return Problem(
      message: "the flow has no \(what) '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? hint
    )
  }

  private func noContainer(_ name: String) -> Problem? {
    guard !containers.lowered.contains(name.lowercased()) else { return nil }
    return Problem(
      message: "'\(name)' contains no actions, so that result() has nothing to give",
      hint: "read it with actions('\(name)')"
    )
  }

  private func loopProblem(
    _ name: String,
    _ type: String,
    _ function: String,
    _ place: ExpressionPlace
  ) -> Problem? {
    let around = place.loops.filter { $0.type == type }
    guard !around.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
    return missing("action", name, actions)
      ?? Problem(
        message: "'\(name)' is no \(type) around this place",
        hint: around.last.map { "the innermost \(type) here is '\($0.name)'" }
          ?? "use \(function) only inside a \(type)"
      )
  }

  private func unavailable(_ function: String, _ places: String) -> Problem {
    Problem(
      code: .unavailableHere,
      message: "\(function) has no value here",
      hint: "it has one \(places)"
    )
  }

  // MARK: Order

  private func tooEarly(_ action: String, _ what: String, _ place: ExpressionPlace) -> Problem? {
    switch place.moment {
    case .end: return nil
    case .trigger:
      return Problem(
        code: .cannotHaveRun,
        message: "the trigger '\(place.owner)' reads \(what), but no action has run yet",
        hint: "use what the trigger itself gives, such as triggerBody()"
      )
    case .run: break
    }
    guard let ended = place.ended, !ended.includes(action) else { return nil }
    if let obstacle = ended.obstacle(action) {
      return Problem(
        code: .cannotHaveRun,
        message: "'\(place.owner)' reads \(what), which \(Self.reason(obstacle, place.owner))",
        hint: "read an action that '\(place.owner)' runs after, directly or through others"
      )
    }
    return Problem(
      code: .mayNotHaveRun,
      message: "'\(place.owner)' reads \(what), which need not have ended before it",
      hint: "let '\(place.owner)' run after '\(action)', directly or through others",
      severity: .warning
    )
  }

  private static func reason(_ obstacle: EndedActions.Obstacle, _ owner: String) -> String {
    switch obstacle {
    case .itself: "has no result before it has run itself"
    case .around: "contains it and ends after it"
    case .inside: "runs inside it"
    case .otherBranch: "stands in a branch that is not taken then"
    case .later: "runs only after '\(owner)'"
    }
  }
}
