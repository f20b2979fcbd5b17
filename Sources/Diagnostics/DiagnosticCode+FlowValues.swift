/// What stands in flows as values.
extension DiagnosticCode {
  package static let invalidDuration = DiagnosticCode(
    "F0010",
    "A duration is not written in ISO 8601",
    """
    A member that holds a duration, such as a timeout or an interval, holds another text.
    """,
    remedy: """
      Durations are written as P1D (a day), PT2H (two hours), PT30S (thirty seconds) or combinations \
      such as P1DT12H.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1, "limit": {"timeout": "5 minutes"}}}
      """#
    )
  )

  package static let valueOutOfRange = DiagnosticCode(
    "F0011",
    "A value is outside what the language allows",
    """
    The language allows only some values at this place: a range of numbers, or a list of choices.
    """,
    remedy: """
      The message names the value and the allowed range or the allowed choices. Choose a value \
      within that range.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Table", "inputs": {"from": [], "format": "PDF"}}}
      """#
    )
  )

  package static let invalidRetryPolicy = DiagnosticCode(
    "F0016",
    "A retry policy is invalid",
    """
    A retry policy has a type (none, fixed, exponential or default), a count from 1 to 90 and \
    intervals as ISO 8601 durations.
    """,
    remedy: """
      Write {"type": "fixed", "count": 3, "interval": "PT10S"}, or {"type": "none"} to try once.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Http", "inputs": {"method": "GET", "uri": "https://example.com",
        "retryPolicy": {"type": "fixed", "count": 200, "interval": "PT10S"}}}}
      """#
    )
  )

  package static let invalidCondition = DiagnosticCode(
    "F0020",
    "A condition is not valid",
    """
    A condition is an expression that gives true or false, or an object with one member that is \
    named after a function and holds its arguments: {"equals": ["@variables('n')", 3]}.
    """,
    remedy: """
      Combine conditions with "and", "or" and "not".
      """,
    example: .actions(
      #"""
      {"A": {"type": "If", "expression": {"equals": [1, 1], "not": [false]}, "actions": {}}}
      """#
    )
  )

  package static let unresolvedTemplate = DiagnosticCode(
    "F0024",
    "An ARM template expression has no value here",
    """
    The flow stands in an ARM template, and a parameter of the flow gets its value from an \
    expression in square brackets that only a deployment can evaluate.
    """,
    remedy: """
      Values from [parameters('name')] with a defaultValue are taken; anything else belongs into \
      flows/parameters.json.
      """,
    example: .flow(
      #"""
      {"resources": [{"type": "Microsoft.Logic/workflows", "properties": {
        "parameters": {"region": {"value": "[resourceGroup().location]"}},
        "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": {}, "parameters": {"region": {"type": "String"}}}}}]}
      """#
    )
  )

  package static let wrongValueType = DiagnosticCode(
    "F0025",
    "A value has the wrong type for its place",
    """
    The type of the value is known without running the flow, and its place takes another one: a \
    Foreach loops over an array, a condition gives true or false, a Wait counts with a number.
    """,
    remedy: """
      Give the place a value of the type that the message names, or convert it with string(), int(), \
      json() or createArray().
      """,
    example: .actions(
      #"""
      {"Each": {"type": "Foreach", "foreach": "@string(5)", "actions": {}}}
      """#
    )
  )

  package static let wrongVariableType = DiagnosticCode(
    "F0026",
    "A value does not fit the type of its variable",
    """
    A variable keeps the type that it was initialized with, and values are not converted. Only \
    whole numbers become floats, and null becomes an empty value.
    """,
    remedy: """
      Change the type of the variable where it is initialized, or convert the value with string(), \
      int(), float(), bool() or json().
      """,
    example: .actions(
      #"""
      {"Start": {"type": "InitializeVariable", "inputs": {"variables": [{"name": "n", "type": "integer", "value": "one"}]}}}
      """#
    )
  )

  package static let secretInClear = DiagnosticCode(
    "F0029",
    "A secret is written in clear",
    """
    The flow, or flows/connections.json, holds a password, key or token as plain text, where \
    everybody who reads the file, or its history, sees it.
    """,
    remedy: """
      Put the value into an app setting or a secure parameter and read it with @appsetting('NAME') \
      or @parameters('name'). Replace a secret that was ever stored in a file that others can read.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Http", "inputs": {"method": "GET", "uri": "https://example.com",
        "headers": {"Authorization": "Bearer abcdef"}}}}
      """#
    )
  )

  package static let timerNeverFires = DiagnosticCode(
    "F0031",
    "A timer never fires",
    """
    The recurrence of the trigger has no time left: its end lies before its start or in the past, \
    or its schedule names days that do not exist.
    """,
    remedy: """
      Correct the start, the end or the schedule; 'weir trigger next FLOW' shows the times.
      """,
    example: .shown(
      #"""
      flows/nightly.json:3:60: warning: the timer 'nightly' never fires: its end lies in the past [F0031]
      """#
    )
  )
}
