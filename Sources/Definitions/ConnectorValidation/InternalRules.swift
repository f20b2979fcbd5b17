internal import Diagnostics

/// Rules on values that only the runtime fills in.
///
/// Source: connector format reference, section (k), internal.
enum InternalRules {
  static func report(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    for parameter in operation.parameters where parameter.isInternal {
      // The platform fills in the connection's own id.
      if parameter.name == "connectionId" { continue }
      if parameter.isRequired, parameter.defaultValue == nil {
        file.report(
          .internalAdvice,
          "the internal parameter '\(parameter.name)' of '\(operation.id)' is required but has no "
            + "default",
          hint: "add a default, or let a policy set it",
          at: operation.place(of: parameter, at: place, in: file.value)
        )
      }
      if !parameter.isRequired, parameter.defaultValue != nil {
        file.report(
          .internalAdvice,
          "the default of the optional internal parameter '\(parameter.name)' is not sent",
          hint: "make it required",
          at: operation.place(of: parameter, at: place, in: file.value)
        )
      }
    }
  }
}
