import Diagnostics
import OrderedJSON

/// Some actions stand only at certain places.
///
/// Source: workflow language reference, sections d.2, d.3 and d.4.
enum PlacementRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for action in flow.actions { check(action, isNested: false, inLoop: false, &report) }
    let hasRequest = flow.triggers.contains { $0.type == "Request" || $0.type == "Manual" }
    for action in flow.allActions where !hasRequest {
      guard case .response = action.kind else { continue }
      report.add(
        .misplacedAction,
        "'\(action.name)' answers a request, but the flow has no Request trigger",
        action.pointer,
        hint: "give the flow a trigger of type Request, or remove the action",
        onKey: true
      )
    }
  }

  private static func check(
    _ action: FlowAction,
    isNested: Bool,
    inLoop: Bool,
    _ report: inout FlowReport
  ) {
    switch action.kind {
    case .initializeVariable where isNested:
      report.add(
        .misplacedAction,
        "'\(action.name)' initializes a variable inside another action",
        action.pointer,
        hint: "move it to the top level of the flow and set it here with SetVariable",
        onKey: true
      )
    case .terminate where inLoop, .response where inLoop:
      report.add(
        .misplacedAction,
        "'\(action.name)' of type '\(action.type)' stands inside a loop",
        action.pointer,
        hint: "remember the outcome in a variable and act on it after the loop",
        onKey: true
      )
    default: break
    }
    for block in action.kind.blocks {
      for inner in block.actions {
        check(inner, isNested: true, inLoop: inLoop || action.kind.isLoop, &report)
      }
    }
  }
}
