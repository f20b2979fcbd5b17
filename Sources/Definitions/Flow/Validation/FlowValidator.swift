package import Diagnostics
import Expressions
import OrderedJSON

/// Checks a decoded flow by the rules that need nothing but the flow.
package enum FlowValidator {
  /// All problems, in the order of the file; none of a flow that has too many actions, which the
  /// decoder said, because many rules compare every action with every other.
  package static func problems(of flow: Flow) -> [Diagnostic] {
    guard flow.allActions.count <= Flow.actionLimit else { return [] }
    var report = FlowReport(source: flow.source)
    MemberRule.check(flow, &report)
    ParameterRule.check(flow, &report)
    RunAfterRule.check(flow.actions, &report)
    ReachabilityRule.check(flow.actions, &report)
    PlacementRule.check(flow, &report)
    RecurrenceRule.check(flow, &report)
    InputsRule.check(flow, &report)
    RequestRule.check(flow, &report)
    VariableRule.check(flow, &report)
    checkExpressions(flow, &report)
    SecretRule.check(flow.source, &report)
    PortabilityRule.check(flow, &report)
    return report.diagnostics.inOrder
  }

  private static func checkExpressions(_ flow: Flow, _ report: inout FlowReport) {
    let names = FlowNames(flow)
    let kinds = KindInference(flow)
    ExpressionRule.check(ExpressionSites(flow), names, kinds, &report)
    ValueRule(kinds: kinds).check(flow, &report)
    VariableTypeRule(flow, names, kinds).check(flow, &report)
  }
}
