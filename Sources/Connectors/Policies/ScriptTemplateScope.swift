internal import Definitions
internal import Expressions
internal import OrderedJSON
internal import Timekeeping

/// What names mean in the templates that replace a script.
struct ScriptTemplateScope: Scope {
  var connection: ConnectionValues
  var parameterSet: ConnectionParameterSet?
  var request: JSON
  var response: JSON?

  func parameter(named name: String) -> JSON? {
    connection.value(name, in: parameterSet).map(JSON.string)
      ?? parameterSet?.parameter(name).map { _ in JSON.null }
  }

  func action(named name: String) -> JSON? {
    switch name.lowercased() {
    case "request": ["name": "request", "outputs": request]
    case "response": response.map { ["name": "response", "outputs": $0] }
    default: nil
    }
  }

  /// Templates may not ask for the time; the decoder sees to it.
  var now: Timestamp { Timestamp(ticks: 0) }
  func randomNumber() -> UInt64 { 0 }
}
