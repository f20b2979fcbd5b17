package import Expressions
import OrderedJSON

extension KindInference {
  /// Knows the types of the variables and parameters of a flow.
  package init(_ flow: Flow) {
    var variables: [String: KindSet] = [:]
    for variable in flow.declaredVariables {
      variables[variable.name.lowercased()] = VariableKinds.held(by: variable.type)
    }
    var parameters: [String: KindSet] = [:]
    for parameter in flow.parameters {
      parameters[parameter.name.lowercased()] = Self.kinds(ofParameter: parameter.type)
    }
    self.init { [variables, parameters] reference in
      switch reference {
      case .variable(let name): variables[name.lowercased()] ?? .any
      case .parameter(let name): parameters[name.lowercased()] ?? .any
      default: .any
      }
    }
  }

  /// The kinds of a value when none of them is wanted; `nil` when it may fit.
  func mismatch(of value: JSON, wanted: KindSet) -> KindSet? {
    guard let template = try? Template(compiling: value) else { return nil }
    let given = kinds(of: template)
    return given.isDisjoint(with: wanted) ? given : nil
  }

  private static func kinds(ofParameter type: String) -> KindSet {
    switch type {
    case "string", "securestring": .string
    case "int": .integer
    case "float": .number
    case "bool": .boolean
    case "array": .array
    default: .any
    }
  }
}

/// What variables hold and take, by type.
///
/// Source: workflow language reference, section d.2.
enum VariableKinds {
  static func held(by type: String) -> KindSet {
    switch type {
    case "string": .string
    case "integer": .integer
    case "float": [.float, .decimal]
    case "boolean": .boolean
    case "array": .array
    default: .any
    }
  }

  static func taken(by type: String) -> KindSet {
    switch type {
    case "float": [.number, .null]
    default: held(by: type).union(.null)
    }
  }
}
