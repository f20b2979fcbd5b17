import Diagnostics
import Expressions
import OrderedJSON

/// What is done with a variable fits its type.
///
/// Source: workflow language reference, section d.2.
struct VariableTypeRule {
  let kinds: KindInference
  private let types: [String: String]
  private let names: FlowNames
  private let ended: EndedActions

  init(_ flow: Flow, _ names: FlowNames, _ kinds: KindInference) {
    self.kinds = kinds
    self.names = names
    ended = EndedActions(flow)
    let declared = flow.declaredVariables.map { ($0.name.lowercased(), $0.type) }
    types = Dictionary(declared) { first, _ in first }
  }

  func check(_ flow: Flow, _ report: inout FlowReport) {
    check(flow.actions, ended, &report)
  }

  private func check(_ actions: [FlowAction], _ outer: EndedActions, _ report: inout FlowReport) {
    for action in actions {
      let ended = outer.before(action)
      if case .initializeVariable = action.kind {
        checkFirstValue(action, &report)
      } else if let change = Change(action.kind) {
        check(change, action, ended, &report)
      }
      for block in action.kind.blocks { check(block.actions, ended, &report) }
    }
  }

  private enum Change {
    case set
    case count
    case appendText
    case appendElement

    init?(_ kind: ActionKind) {
      switch kind {
      case .setVariable: self = .set
      case .incrementVariable, .decrementVariable: self = .count
      case .appendToStringVariable: self = .appendText
      case .appendToArrayVariable: self = .appendElement
      default: return nil
      }
    }

    /// The types of variables that can be changed like this; `nil` when all can.
    var types: [String]? {
      switch self {
      case .set: nil
      case .count: ["integer", "float"]
      case .appendText: ["string"]
      case .appendElement: ["array"]
      }
    }
  }

  private func checkFirstValue(_ action: FlowAction, _ report: inout FlowReport) {
    guard let variable = action.inputs["variables"]?[0], let value = variable["value"],
      let type = variable["type"]?.stringValue?.lowercased()
    else { return }
    let place = action.pointer.appending("inputs").appending("variables").appending(0)
    require(VariableKinds.taken(by: type), value, type, place.appending("value"), &report)
  }

  private func check(
    _ change: Change,
    _ action: FlowAction,
    _ ended: EndedActions,
    _ report: inout FlowReport
  ) {
    let inputs = action.pointer.appending("inputs")
    guard let name = action.inputs["name"]?.stringValue, !name.contains("@") else { return }
    let place = ExpressionPlace(owner: action.name, ended: ended)
    if let problem = names.variableProblem(name, at: place) {
      report.add(
        problem.code,
        problem.message.replacing(" reads ", with: " changes ", maxReplacements: 1),
        inputs.appending("name"),
        hint: problem.hint,
        severity: problem.severity
      )
    }
    guard let type = types[name.lowercased()] else { return }
    if let possible = change.types, !possible.contains(type) {
      report.add(
        .wrongVariableType,
        "\(action.type) does not work on '\(name)', a variable of type '\(type)'",
        inputs.appending("name"),
        hint: "it works on variables of type \(possible.joined(separator: " and "))"
      )
      return
    }
    guard let value = action.inputs["value"] else { return }
    let wanted: KindSet? =
      switch change {
      case .set: VariableKinds.taken(by: type)
      case .count: type == "integer" ? .integer : .number
      case .appendText: nil
      case .appendElement: KindSet.any.subtracting([.null, .array])
      }
    if let wanted { require(wanted, value, type, inputs.appending("value"), &report) }
  }

  private func require(
    _ wanted: KindSet,
    _ value: JSON,
    _ type: String,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let given = kinds.mismatch(of: value, wanted: wanted) else { return }
    report.add(
      .wrongVariableType,
      "the value is \(given.text), which a variable of type '\(type)' does not take here",
      pointer,
      hint: value.stringValue?.hasPrefix("@{") == true
        ? "'@{…}' makes a text; write '@…' to keep the type" : "it takes \(wanted.text)"
    )
  }
}
