import Diagnostics
import Expressions
import OrderedJSON

/// An expression reads actions that have surely ended when it is evaluated.
///
/// Source: workflow language reference, sections c.7 and f.1.
enum OrderRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    var parents: [String: String] = [:]
    let actions = flow.allActions
    for action in actions {
      for block in action.kind.blocks {
        for inner in block.actions { parents[inner.name.lowercased()] = action.name.lowercased() }
      }
    }
    let known = Set(actions.map { $0.name.lowercased() })
    let checker = OrderChecker(parents: parents, known: known)
    checker.check(flow.actions, outer: [], &report)
  }
}

/// Walks a flow with the set of actions that have ended before the place.
private struct OrderChecker {
  /// The container of each nested action, both in lower case.
  let parents: [String: String]
  /// Other names are reported elsewhere.
  let known: Set<String>

  func check(_ actions: [FlowAction], outer: Set<String>, _ report: inout FlowReport) {
    let earlier = Predecessors(actions)
    for action in actions {
      let ended = outer.union(earlier.names(before: action))
      checkReferences(in: action.inputs, "inputs", action, ended, &report)
      checkContainer(action, ended, &report)
      for block in action.kind.blocks { check(block.actions, outer: ended, &report) }
    }
  }

  private func checkContainer(
    _ action: FlowAction,
    _ ended: Set<String>,
    _ report: inout FlowReport
  ) {
    switch action.kind {
    case .condition(let value, _, _), .switching(let value, _, _):
      checkReferences(in: value, "expression", action, ended, &report)
    case .forEach(let value, _, _):
      checkReferences(in: value, "foreach", action, ended, &report)
    default: break
    }
  }

  private func checkReferences(
    in value: JSON,
    _ member: String,
    _ action: FlowAction,
    _ ended: Set<String>,
    _ report: inout FlowReport
  ) {
    guard let template = try? Template(compiling: value) else { return }
    for reference in template.references {
      guard let name = name(of: reference), known.contains(name.lowercased()),
        !hasEnded(name.lowercased(), ended), name.lowercased() != action.name.lowercased()
      else { continue }
      report.add(
        .mayNotHaveRun,
        "'\(action.name)' reads '\(name)', which need not have ended before it",
        action.pointer.appending(member),
        hint: "let '\(action.name)' run after '\(name)', directly or through others",
        severity: .warning,
        onKey: true
      )
    }
  }

  private func name(of reference: Reference) -> String? {
    switch reference {
    case .action(let name), .scope(let name): name
    default: nil
    }
  }

  /// Whether the action or something around it has ended.
  private func hasEnded(_ name: String, _ ended: Set<String>) -> Bool {
    var current: String? = name
    while let name = current {
      if ended.contains(name) { return true }
      current = parents[name]
    }
    return false
  }
}

/// Which actions of a block have ended before each of them starts.
private struct Predecessors {
  private var before: [String: Set<String>] = [:]

  init(_ actions: [FlowAction]) {
    let direct = Dictionary(
      actions.map { action in
        (action.name.lowercased(), action.runAfter.map { $0.action.lowercased() })
      },
      uniquingKeysWith: { first, _ in first }
    )
    for action in actions {
      var found: Set<String> = []
      var pending = direct[action.name.lowercased()] ?? []
      while let next = pending.popLast() {
        if found.insert(next).inserted { pending += direct[next] ?? [] }
      }
      before[action.name.lowercased()] = found
    }
  }

  func names(before action: FlowAction) -> Set<String> {
    before[action.name.lowercased()] ?? []
  }
}
