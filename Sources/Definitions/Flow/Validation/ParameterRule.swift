import Diagnostics
import OrderedJSON

/// The default of a parameter has its type, and is one of the values that it allows.
///
/// Source: workflow language reference, section a.1.
enum ParameterRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for parameter in flow.parameters {
      guard let value = parameter.defaultValue, !isExpression(value) else { continue }
      let place = parameter.pointer.appending("defaultValue")
      if !fits(value, parameter.type) {
        report.add(
          .wrongValueType,
          "the default of '\(parameter.name)' is \(value.kindName.lowercased()), but its type is "
            + "\(parameter.type)",
          place,
          hint: "write a value of this type, or change the type"
        )
      } else if !parameter.allowedValues.isEmpty, !parameter.allowedValues.contains(value) {
        let allowed = parameter.allowedValues.prefix(12).map(\.text).joined(separator: ", ")
        report.add(
          .valueOutOfRange,
          "the default of '\(parameter.name)' is none of its allowed values",
          place,
          hint: parameter.isSecure ? "use one of 'allowedValues'" : "use one of \(allowed)"
        )
      }
    }
  }

  private static func isExpression(_ value: JSON) -> Bool {
    value.isNull || value.stringValue?.hasPrefix("@") == true
  }

  private static func fits(_ value: JSON, _ type: String) -> Bool {
    switch type {
    case "string", "securestring": value.stringValue != nil
    case "int": value.integerValue != nil
    case "float": value.doubleValue != nil
    case "bool": value.boolValue != nil
    case "array": value.arrayValue != nil
    // An object may be any JSON.
    default: true
    }
  }
}
