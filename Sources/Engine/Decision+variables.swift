import Definitions
import Expressions
import OrderedJSON

/// The six variable actions.
///
/// Source: workflow language reference, section d.2.
extension Decision {
  mutating func perform(
    _ operation: VariableOperation,
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    try perform(operation, try evaluate(inputs, action, address), action, address)
  }

  mutating func perform(
    _ operation: VariableOperation,
    _ evaluated: Evaluated,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    var change: VariableChange
    switch operation {
    case .initialize: change = try initialized(evaluated.value, action)
    default: change = try changed(operation, evaluated.value, action)
    }
    let wasSecret = state.variables[change.name.lowercased()]?.isSecret ?? false
    change.isSecret = evaluated.isSecret || (operation != .set && wasSecret)
    emitEnd(address, .succeeded, code: "NotSpecified") { event in
      event.inputs = evaluated.value
      if operation != .initialize {
        event.outputs = ["body": ["name": .string(change.name), "value": change.value]]
      }
      event.variable = change
      event.secrecy.inputs = change.isSecret
      event.secrecy.outputs = change.isSecret
    }
  }

  private func initialized(_ inputs: JSON, _ action: PlannedAction) throws(ActionFailure)
    -> VariableChange
  {
    guard let declared = inputs["variables"]?[0], let name = declared["name"]?.stringValue,
      let type = declared["type"]?.stringValue?.lowercased()
    else {
      throw .variable(action.name, "it needs one variable with 'name' and 'type'")
    }
    guard state.variables[name.lowercased()] == nil else {
      throw .variable(action.name, "the variable '\(name)' is initialized already")
    }
    guard let value = VariableType.value(declared["value"] ?? .null, ofType: type) else {
      throw .variable(action.name, "the value is not of the variable's type '\(type)'")
    }
    return VariableChange(name: name, type: type, value: value, isSecret: false)
  }

  private func changed(
    _ operation: VariableOperation,
    _ inputs: JSON,
    _ action: PlannedAction
  ) throws(ActionFailure) -> VariableChange {
    guard let name = inputs["name"]?.stringValue,
      let variable = state.variables[name.lowercased()]
    else {
      let name = inputs["name"]?.stringValue ?? ""
      throw .variable(action.name, "the variable '\(name)' is not initialized")
    }
    let value = try newValue(operation, variable, inputs["value"], action)
    return VariableChange(name: variable.name, value: value, isSecret: false)
  }

  private func newValue(
    _ operation: VariableOperation,
    _ variable: RunState.Variable,
    _ operand: JSON?,
    _ action: PlannedAction
  ) throws(ActionFailure) -> JSON {
    let result: JSON?
    switch operation {
    case .initialize, .set: result = VariableType.value(operand ?? .null, ofType: variable.type)
    case .increment: result = VariableType.sum(variable.value, operand ?? 1, sign: 1)
    case .decrement: result = VariableType.sum(variable.value, operand ?? 1, sign: -1)
    case .appendToString: result = appendedText(variable.value, operand ?? .null)
    case .appendToArray: result = VariableType.appended(variable.value, operand ?? .null)
    }
    if let result { return result }
    throw .variable(
      action.name,
      """
      a value of type '\((operand ?? .null).kindName)' does not fit the variable '\(variable.name)' \
      of type '\(variable.type)'
      """
    )
  }

  private func appendedText(_ current: JSON, _ operand: JSON) -> JSON? {
    guard let text = current.stringValue, let added = try? StringConversion.text(of: operand) else {
      return nil
    }
    return .string(text + added)
  }
}

extension ActionFailure {
  static func variable(_ action: String, _ why: String) -> ActionFailure {
    ActionFailure(
      code: "InvalidVariableOperation",
      message: "The variable action '\(action)' is not valid: \(why)."
    )
  }
}
