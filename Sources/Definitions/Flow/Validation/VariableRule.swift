import Diagnostics
import Expressions
import OrderedJSON

/// Variables are declared once, with a type, and not set from themselves.
///
/// Source: workflow language reference, section d.2.
enum VariableRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    var declared: [String: String] = [:]
    for action in flow.allActions {
      switch action.kind {
      case .initializeVariable: checkDeclaration(action, &declared, &report)
      case .setVariable, .appendToStringVariable, .appendToArrayVariable:
        checkSelfReference(action, &report)
      default: break
      }
    }
    if declared.count > 250 {
      report.add(
        .valueOutOfRange,
        "the flow has \(declared.count) variables; 250 are allowed",
        flow.source.base
      )
    }
  }

  private static func checkDeclaration(
    _ action: FlowAction,
    _ declared: inout [String: String],
    _ report: inout FlowReport
  ) {
    let place = action.pointer.appending("inputs").appending("variables")
    // What is no list at all is told by MemberRule.
    if let written = action.inputs["variables"], written.arrayValue == nil { return }
    guard let variables = action.inputs["variables"]?.arrayValue, variables.count == 1 else {
      report.add(
        .missingMember,
        "'\(action.name)' must initialize exactly one variable",
        action.pointer.appending("inputs"),
        hint: "write {\"variables\": [{\"name\": …, \"type\": …}]}",
        onKey: true,
        member: "variables"
      )
      return
    }
    let variable = place.appending(0)
    checkType(variables[0], action, variable, &report)
    guard let name = variables[0]["name"]?.stringValue else { return }
    if let other = declared.updateValue(action.name, forKey: name.lowercased()) {
      report.add(
        .duplicateVariable,
        "the variable '\(name)' is initialized by '\(other)' already",
        variable.appending("name"),
        hint: "set it with SetVariable, or give this one another name; case does not count"
      )
    }
  }

  private static func checkType(
    _ variable: JSON,
    _ action: FlowAction,
    _ place: JSONPointer,
    _ report: inout FlowReport
  ) {
    for member in ["name", "type"] where variable[member]?.stringValue == nil {
      report.add(
        .missingMember,
        "the variable of '\(action.name)' has no '\(member)'",
        place,
        hint: "add \"\(member)\""
      )
    }
    guard let type = variable["type"]?.stringValue,
      !FlowLanguage.variableTypes.contains(type.lowercased())
    else {
      return
    }
    let nearest = NearestName.suggestion(for: type, among: FlowLanguage.variableTypes)
    report.add(
      .valueOutOfRange,
      "'\(type)' is no type of a variable",
      place.appending("type"),
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "use \(FlowLanguage.variableTypes.joined(separator: ", "))"
    )
  }

  private static func checkSelfReference(_ action: FlowAction, _ report: inout FlowReport) {
    guard let name = action.inputs["name"]?.stringValue, let value = action.inputs["value"],
      let template = try? Template(compiling: value)
    else { return }
    let refersToItself = template.references.contains { reference in
      guard case .variable(let other) = reference else { return false }
      return other.lowercased() == name.lowercased()
    }
    guard refersToItself else { return }
    report.add(
      .selfReference,
      "'\(action.name)' computes the variable '\(name)' from itself",
      action.pointer.appending("inputs").appending("value"),
      hint: "compute the new value in a Compose action first, or use IncrementVariable"
    )
  }
}
