import Diagnostics
import Expressions
import OrderedJSON

/// Every expression parses, calls known functions, and refers to what the flow has.
enum ExpressionRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    let names = FlowNames(flow)
    for trigger in flow.triggers {
      for member in ["inputs", "conditions", "splitOn", "correlation"] {
        guard let value = trigger.definition[member] else { continue }
        check(value, at: trigger.pointer.appending(member), names, loops: [], &report)
      }
    }
    for action in flow.actions { check(action, flow, names, loops: [], &report) }
    for output in flow.outputs {
      check(output.value, at: output.pointer, names, loops: [], &report)
    }
  }

  private static func check(
    _ action: FlowAction,
    _ flow: Flow,
    _ names: FlowNames,
    loops: [String],
    _ report: inout FlowReport
  ) {
    let inner = action.kind.isLoop ? loops + [action.name.lowercased()] : loops
    for part in parts(of: action) {
      let scope = part.pointer.tokens.last == "expression" ? inner : loops
      check(part.value, at: part.pointer, names, loops: scope, &report)
    }
    for block in action.kind.blocks {
      for content in block.actions { check(content, flow, names, loops: inner, &report) }
    }
  }

  /// The members of an action that may hold expressions.
  private static func parts(of action: FlowAction) -> [(value: JSON, pointer: JSONPointer)] {
    var parts = [(value: action.inputs, pointer: action.pointer.appending("inputs"))]
    if let tracked = action.trackedProperties {
      parts.append((tracked, action.pointer.appending("trackedProperties")))
    }
    switch action.kind {
    case .condition(let expression, _, _), .switching(let expression, _, _):
      parts.append((expression, action.pointer.appending("expression")))
    case .until(let until):
      parts.append((until.expression, action.pointer.appending("expression")))
    case .forEach(let items, _, _):
      parts.append((items, action.pointer.appending("foreach")))
    default: break
    }
    return parts
  }

  private static func check(
    _ value: JSON,
    at pointer: JSONPointer,
    _ names: FlowNames,
    loops: [String],
    _ report: inout FlowReport
  ) {
    let problems = Template.check(value)
    for problem in problems {
      report.add(
        problem.code,
        problem.message,
        JSONPointer(pointer.tokens + problem.pointer.tokens),
        hint: problem.hint,
        severity: problem.severity,
        within: problem.range
      )
    }
    checkReferences(value, at: pointer, names, loops: loops, &report)
  }

  /// Looks at each string by itself, so that a problem has the place of its string.
  private static func checkReferences(
    _ value: JSON,
    at pointer: JSONPointer,
    _ names: FlowNames,
    loops: [String],
    _ report: inout FlowReport
  ) {
    switch value {
    case .string:
      guard let template = try? Template(compiling: value) else { return }
      for reference in template.references {
        guard let problem = names.problem(of: reference, loops: loops) else { continue }
        report.add(.unknownReference, problem.message, pointer, hint: problem.hint)
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        checkReferences(element, at: pointer.appending(index), names, loops: loops, &report)
      }
    case .object(let object):
      for member in object.members {
        let place = pointer.appending(member.key)
        checkReferences(member.value, at: place, names, loops: loops, &report)
      }
    default: break
    }
  }
}
