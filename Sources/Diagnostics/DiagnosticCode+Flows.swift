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
