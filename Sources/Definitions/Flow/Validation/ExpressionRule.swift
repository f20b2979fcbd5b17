import Diagnostics
import Expressions
import OrderedJSON

/// Every expression parses, calls known functions with arguments that fit, and refers to what the
/// flow has, where it has a value.
enum ExpressionRule {
  static func check(
    _ sites: ExpressionSites,
    _ names: FlowNames,
    _ kinds: KindInference,
    _ report: inout FlowReport
  ) {
    for site in sites.all {
      let (problems, references) = Template.inspect(site.value, kinds: kinds)
      for problem in problems {
        report.add(
          problem.code,
          problem.message,
          site.pointer.appending(contentsOf: problem.pointer),
          hint: problem.hint,
          severity: problem.severity,
          onKey: problem.isKey,
          within: problem.range
        )
      }
      for located in references {
        guard let problem = names.problem(of: located.reference, at: site.place) else { continue }
        report.add(
          problem.code,
          problem.message,
          site.pointer.appending(contentsOf: located.pointer),
          hint: problem.hint,
          severity: problem.severity,
          onKey: located.isKey,
          within: located.range
        )
      }
    }
  }
}
