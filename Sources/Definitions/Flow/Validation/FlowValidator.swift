package import Diagnostics
import Expressions
import OrderedJSON

/// Checks a decoded flow by the rules that need nothing but the flow.
package enum FlowValidator {
  /// All problems, in the order of the file.
  package static func problems(of flow: Flow) -> [Diagnostic] {
    var report = FlowReport(source: flow.source)
    RunAfterRule.check(flow.actions, &report)
    PlacementRule.check(flow, &report)
    RecurrenceRule.check(flow, &report)
    InputsRule.check(flow, &report)
    VariableRule.check(flow, &report)
    OrderRule.check(flow, &report)
    ExpressionRule.check(flow, &report)
    return report.diagnostics.sorted { left, right in
      let (left, right) = (left.location, right.location)
      return (left?.line ?? 0, left?.column ?? 0) < (right?.line ?? 0, right?.column ?? 0)
    }
  }
}
