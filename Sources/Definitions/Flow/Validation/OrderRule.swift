import Diagnostics
import Expressions
import OrderedJSON

/// An expression reads actions that have surely ended when it is evaluated.
///
/// Source: workflow language reference, sections c.7 and f.1.
enum OrderRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    check(flow.actions, in: EndedActions(flow), &report)
  }

  private static func check(
    _ actions: [FlowAction],
    in outer: EndedActions,
    _ report: inout FlowReport
  ) {
    for action in actions {
      let ended = outer.before(action)
      for (value, member) in parts(of: action) {
        checkReferences(in: value, member, action, ended, &report)
      }
      for block in action.kind.blocks { check(block.actions, in: ended, &report) }
    }
  }

  /// What is evaluated before the action begins; an Until tests after its body.
  private static func parts(of action: FlowAction) -> [(JSON, String)] {
    switch action.kind {
    case .condition(let value, _, _), .switching(let value, _, _): [(value, "expression")]
    case .forEach(let value, _, _): [(value, "foreach")]
    case .scope, .until: []
    default: [(action.inputs, "inputs")]
    }
  }

  private static func checkReferences(
    in value: JSON,
    _ member: String,
    _ action: FlowAction,
    _ ended: EndedActions,
    _ report: inout FlowReport
  ) {
    guard let template = try? Template(compiling: value) else { return }
    for reference in template.references {
      guard let name = name(of: reference), !ended.includes(name) else { continue }
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

  private static func name(of reference: Reference) -> String? {
    switch reference {
    case .action(let name), .scope(let name): name
    default: nil
    }
  }
}
