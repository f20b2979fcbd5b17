extension DiagnosticCode {
  package static let flows: [DiagnosticCode] = [
    notAFlow, wrongJSONType, unknownActionType, unsupportedAction, unknownPredecessor,
    cyclicRunAfter, unknownRunAfterStatus, duplicateActionName, missingMember, invalidDuration,
    valueOutOfRange, unknownMember, misplacedAction, unknownReference, unknownConnectionReference,
    invalidRetryPolicy, missingTrigger, nestingTooDeep, unknownConnector,
    invalidCondition, mayNotHaveRun, duplicateVariable, selfReference, unresolvedTemplate,
    wrongValueType, wrongVariableType, cannotHaveRun, notPortable, secretInClear, unreachableAction,
    timerNeverFires, noEffectHere,
  ]

  package static let notAFlow = DiagnosticCode(
    "F0001",
    "The file does not hold a flow",
    """
    A flow file holds {"definition": {…}, "kind": "Stateful"}, a bare definition with "triggers" \
    and "actions", or an ARM resource of type Microsoft.Logic/workflows.
    """,
    remedy: """
      Check that the file is one of these and that "actions" is an object.
      """,
    example: .flow(
      #"""
      {"steps": []}
      """#
    )
  )

  package static let wrongJSONType = DiagnosticCode(
    "F0002",
    "A member has the wrong JSON type",
    """
    The workflow definition language fixes which members are objects, arrays, strings or numbers.
    """,
    remedy: """
      The message names the member and the type that it needs. Write the member as the type that it \
      needs; 'weir lsp' shows the form of each member.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1, "runAfter": "B"}}
      """#
    )
  )

  package static let unknownActionType = DiagnosticCode(
    "F0003",
    "An action or trigger has an unknown type",
    """
    The "type" of an action or trigger is not one that the workflow definition language knows.
    """,
    remedy: """
      The hint names the nearest type; types compare without regard to case. Correct the type; \
      flows/language.md lists all of them.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compos", "inputs": 1}}
      """#
    )
  )

  package static let unsupportedAction = DiagnosticCode(
    "F0004",
    "An action cannot run here",
    """
    The action needs a runtime that Weir does not have, such as C#, JavaScript, XSLT or EDI. The \
    flow loads and shows, but it does not start while the action can be reached, unless the run is \
    started with --allow-unsupported.
    """,
    remedy: """
      Replace the action by one that runs here.
      """,
    example: .actions(
      #"""
      {"A": {"type": "JavaScriptCode", "inputs": {"code": "return 1;"}}}
      """#
    )
  )

  package static let unknownPredecessor = DiagnosticCode(
    "F0005",
    "runAfter names an action that is not beside this one",
    """
    "runAfter" may name only actions of the same "actions" object.
    """,
    remedy: """
      An action inside a scope or branch runs after its siblings; to wait for something outside, let \
      the scope itself run after it.
      """,
    example: .actions(
      #"""
      {"First": {"type": "Compose", "inputs": 1},
       "Second": {"type": "Compose", "inputs": 2, "runAfter": {"Frist": ["Succeeded"]}}}
      """#
    )
  )

  package static let cyclicRunAfter = DiagnosticCode(
    "F0006",
    "Actions wait for each other in a circle",
    """
    Following "runAfter" from the named action leads back to it, so none of the actions of the \
    circle could ever start.
    """,
    remedy: """
      Remove one of the links that the message lists.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1, "runAfter": {"B": ["Succeeded"]}},
       "B": {"type": "Compose", "inputs": 1, "runAfter": {"A": ["Succeeded"]}}}
      """#
    )
  )

  package static let unknownRunAfterStatus = DiagnosticCode(
    "F0007",
    "runAfter lists an unknown status",
    """
    The statuses that "runAfter" may list are Succeeded, Failed, Skipped and TimedOut.
    """,
    remedy: """
      Write one of them; the hint names the nearest.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1},
       "B": {"type": "Compose", "inputs": 2, "runAfter": {"A": ["Suceeded"]}}}
      """#
    )
  )

  package static let duplicateActionName = DiagnosticCode(
    "F0008",
    "Two actions share a name",
    """
    Names of actions and triggers are unique in the whole flow, nested scopes included, and \
    compare without regard to case, because expressions refer to actions by name from anywhere.
    """,
    remedy: """
      Rename one of the two; 'weir lsp' renames an action with all references to it.
      """,
    example: .actions(
      #"""
      {"Send": {"type": "Compose", "inputs": 1}, "send": {"type": "Compose", "inputs": 2}}
      """#
    )
  )

  package static let missingMember = DiagnosticCode(
    "F0009",
    "A required member is missing",
    """
    The action or trigger lacks a member that its type requires.
    """,
    remedy: """
      The message names the member. Add the member that the message names.
      """,
    example: .actions(
      #"""
      {"A": {"type": "ParseJson", "inputs": {"schema": {}}}}
      """#
    )
  )

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

  package static let unknownMember = DiagnosticCode(
    "F0012",
    "A member is not known here",
    """
    The language does not know this member at this place, so it has no effect.
    """,
    remedy: """
      Often it is misspelt or stands one level too high or too low. Correct its name, move it to \
      where it belongs, or remove it.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1, "trackedPropertys": {}}}
      """#
    )
  )

  package static let misplacedAction = DiagnosticCode(
    "F0013",
    "An action stands where it may not",
    """
    InitializeVariable belongs at the top level of the flow; Terminate and Response may not stand \
    inside loops.
    """,
    remedy: """
      Move the action: initialize variables at the top level and set them where they change; \
      remember the outcome of a loop in a variable and act on it after the loop.
      """,
    example: .actions(
      #"""
      {"S": {"type": "Scope", "actions": {
        "A": {"type": "InitializeVariable", "inputs": {"variables": [{"name": "n", "type": "integer"}]}}}}}
      """#
    )
  )

  package static let unknownReference = DiagnosticCode(
    "F0014",
    "An expression refers to something that does not exist",
    """
    The expression names an action, variable, parameter or loop that the flow does not have.
    """,
    remedy: """
      Names compare without regard to case. Correct the name, or declare what it should name.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": "@variables('count')"}}
      """#
    )
  )

  package static let unknownConnectionReference = DiagnosticCode(
    "F0015",
    "A connection reference is not declared",
    """
    The action uses a connection that neither flows/connections.json nor the connection store has.
    """,
    remedy: """
      Declare it there, or create it with 'weir connection create'.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "ask", "operationId": "CreateCommunicationIdentity"}}}}
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

  package static let missingTrigger = DiagnosticCode(
    "F0017",
    "The flow has no usable trigger",
    """
    A flow needs at least one trigger to say how it starts, and at most ten.
    """,
    remedy: """
      For a flow that is started by hand write "triggers": {"manual": {"type": "Request", "kind": \
      "Http"}}.
      """,
    example: .flow(
      #"""
      {"actions": {"A": {"type": "Compose", "inputs": 1}}}
      """#
    )
  )

  package static let nestingTooDeep = DiagnosticCode(
    "F0018",
    "The flow is larger than the language allows",
    """
    Actions may nest 8 levels deep and a flow may have 500 actions.
    """,
    remedy: """
      Move a part of the flow into one of its own and call it with an action of type Workflow.
      """,
    example: .actions(
      #"""
      {"1": {"type": "Scope", "actions": {"2": {"type": "Scope", "actions": {"3": {"type": "Scope", "actions": {
       "4": {"type": "Scope", "actions": {"5": {"type": "Scope", "actions": {"6": {"type": "Scope", "actions": {
       "7": {"type": "Scope", "actions": {"8": {"type": "Scope", "actions": {
       "9": {"type": "Compose", "inputs": 1}}}}}}}}}}}}}}}}}}
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

  package static let mayNotHaveRun = DiagnosticCode(
    "F0021",
    "An expression reads an action that may not have run",
    """
    The expression refers to an action that need not have ended when the expression is evaluated, \
    so the run may fail or read an old value.
    """,
    remedy: """
      Put the action that is read before the one that reads it with "runAfter", directly or through \
      others. Azure Logic Apps refuses such a flow.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1},
       "B": {"type": "Compose", "inputs": "@outputs('A')"}}
      """#
    )
  )

  package static let duplicateVariable = DiagnosticCode(
    "F0022",
    "A variable is initialized twice",
    """
    A variable belongs to the whole run and is initialized once.
    """,
    remedy: """
      Give one of the two another name, or change the value with an action of type SetVariable.
      """,
    example: .actions(
      #"""
      {"A": {"type": "InitializeVariable", "inputs": {"variables": [{"name": "n", "type": "integer"}]}},
       "B": {"type": "InitializeVariable", "inputs": {"variables": [{"name": "N", "type": "string"}]}}}
      """#
    )
  )

  package static let selfReference = DiagnosticCode(
    "F0023",
    "A variable is computed from itself",
    """
    SetVariable and the append actions may not read the variable that they change, because \
    iterations in parallel would lose values.
    """,
    remedy: """
      Compute the new value in a Compose action and set the variable from its outputs, or use \
      IncrementVariable.
      """,
    example: .actions(
      #"""
      {"Start": {"type": "InitializeVariable", "inputs": {"variables": [{"name": "n", "type": "integer"}]}},
       "Grow": {"type": "SetVariable", "inputs": {"name": "n", "value": "@add(variables('n'), 1)"}, "runAfter": {"Start": ["Succeeded"]}}}
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

  package static let unknownConnector = DiagnosticCode(
    "F0019",
    "A connector is not installed",
    """
    The connection names a connector that has no folder under definitions/.
    """,
    remedy: """
      Copy the connector's folder there; 'weir connector list' shows what is installed.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "lost", "operationId": "Send"}}}}
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

  package static let cannotHaveRun = DiagnosticCode(
    "F0027",
    "An expression reads an action that cannot have run",
    """
    The action that is read starts only after the one that reads it, or contains it, or is the \
    same. The expression would fail in every run.
    """,
    remedy: """
      Read an action that has ended: one that this one runs after, directly or through others.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": "@outputs('B')"},
       "B": {"type": "Compose", "inputs": 1, "runAfter": {"A": ["Succeeded"]}}}
      """#
    )
  )

  package static let notPortable = DiagnosticCode(
    "F0028",
    "This works here but not in Azure Logic Apps",
    """
    Weir is more generous than Azure Logic Apps at this place. The flow runs here, but a \
    deployment of it would be refused or behave differently there.
    """,
    remedy: """
      Ignore it if the flow will only run here. Otherwise change it as the hint says.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Http", "inputs": {"method": "GET", "uri": "https://example.com",
        "retryPolicy": {"type": "fixed", "count": 3, "interval": "PT1S"}}}}
      """#
    )
  )

  package static let secretInClear = DiagnosticCode(
    "F0029",
    "A secret is written in clear",
    """
    The flow holds a password, key or token as plain text, where everybody who reads the file, or \
    its history, sees it.
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

  package static let unreachableAction = DiagnosticCode(
    "F0030",
    "An action can never run",
    """
    The statuses in "runAfter" contradict each other or what comes before, so that the action is \
    skipped in every run.
    """,
    remedy: """
      Change the statuses in "runAfter", or remove the action.
      """,
    example: .actions(
      #"""
      {"Stop": {"type": "Terminate", "inputs": {"runStatus": "Succeeded"}},
       "Never": {"type": "Compose", "inputs": 1, "runAfter": {"Stop": ["Succeeded"]}}}
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

  package static let noEffectHere = DiagnosticCode(
    "F0032",
    "This has no effect here",
    """
    Azure Logic Apps may know it, but Weir does not act on it, so that the flow may behave \
    differently here.
    """,
    remedy: """
      Remove it, or look for another way in flows/language.md.
      """,
    example: .actions(
      #"""
      {"A": {"type": "Compose", "inputs": 1, "operationOptions": "Sequental"}}
      """#
    )
  )
}
