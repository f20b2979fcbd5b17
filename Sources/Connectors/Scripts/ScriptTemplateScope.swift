internal import Definitions
internal import Expressions
internal import OrderedJSON
internal import Timekeeping

/// What names mean in the mappings that replace a script.
struct ScriptTemplateScope: MappingScope {
  var connection: ConnectionValues
  var parameterSet: ConnectionParameterSet?
  var request: JSON
  var response: JSON?
  var token: JSON?
  var item: JSON?

  init(_ context: PolicyContext, request: JSON) {
    connection = context.connection
    parameterSet = context.connector.parameterSet(context.connection.parameterSet)
    token = context.token
    self.request = request
  }

  func with(item: JSON) -> ScriptTemplateScope {
    var inner = self
    inner.item = item
    return inner
  }

  func parameter(named name: String) -> JSON? {
    connection.value(name, in: parameterSet).map(JSON.string)
      ?? parameterSet?.parameter(name).map { _ in JSON.null }
  }

  func action(named name: String) -> JSON? {
    switch name.lowercased() {
    case "request": ["name": "request", "outputs": request]
    case "response": response.map { ["name": "response", "outputs": $0] }
    case "token": token.map { ["name": "token", "outputs": $0] }
    default: nil
    }
  }

  /// Mappings may not ask for the time; the decoder sees to it.
  var now: Timestamp { Timestamp(ticks: 0) }
  func randomNumber() -> UInt64 { 0 }
}
