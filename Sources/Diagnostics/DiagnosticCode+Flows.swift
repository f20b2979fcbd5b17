extension DiagnosticCode {
  package static let flows: [DiagnosticCode] = [
    notAFlow, wrongJSONType, unknownActionType, unsupportedAction, unknownPredecessor,
    cyclicRunAfter, unknownRunAfterStatus, duplicateActionName, missingMember, invalidDuration,
    valueOutOfRange, unknownMember, misplacedAction, unknownReference, unknownConnectionReference,
    invalidRetryPolicy, missingTrigger, nestingTooDeep, unknownConnector,
    invalidCondition, mayNotHaveRun, duplicateVariable, selfReference, unresolvedTemplate,
  ]

  package static let notAFlow = DiagnosticCode(
    "F0001",
    "The file does not hold a flow",
    """
    A flow file holds {"definition": {…}, "kind": "Stateful"}, a bare definition with "triggers" and \
    "actions", or an ARM resource of type Microsoft.Logic/workflows. Check that the file is one of \
    these and that "actions" is an object.
    """
  )

  package static let wrongJSONType = DiagnosticCode(
    "F0002",
    "A member has the wrong JSON type",
    """
    The workflow definition language fixes which members are objects, arrays, strings or numbers. \
    The message names the member and the type that it needs.
    """
  )

  package static let unknownActionType = DiagnosticCode(
    "F0003",
    "An action or trigger has an unknown type",
    """
    The "type" of an action or trigger is not one that the workflow definition language knows. The \
    hint names the nearest type; types compare without regard to case.
    """
  )

  package static let unsupportedAction = DiagnosticCode(
    "F0004",
    "An action cannot run here",
    """
    The action needs a runtime that Weir does not have, such as C#, JavaScript, XSLT or EDI. The flow \
    loads and shows, but it does not start while the action can be reached, unless the run is \
    started with --allow-unsupported. Replace the action by one that runs here.
    """
  )

  package static let unknownPredecessor = DiagnosticCode(
    "F0005",
    "runAfter names an action that is not beside this one",
    """
    "runAfter" may name only actions of the same "actions" object. An action inside a scope or \
    branch runs after its siblings; to wait for something outside, let the scope itself run after it.
    """
  )

  package static let cyclicRunAfter = DiagnosticCode(
    "F0006",
    "Actions wait for each other in a circle",
    """
    Following "runAfter" from the named action leads back to it, so none of the actions of the \
    circle could ever start. Remove one of the links that the message lists.
    """
  )

  package static let unknownRunAfterStatus = DiagnosticCode(
    "F0007",
    "runAfter lists an unknown status",
    """
    The statuses that "runAfter" may list are Succeeded, Failed, Skipped and TimedOut.
    """
  )

  package static let duplicateActionName = DiagnosticCode(
    "F0008",
    "Two actions share a name",
    """
    Names of actions and triggers are unique in the whole flow, nested scopes included, and compare \
    without regard to case, because expressions refer to actions by name from anywhere.
    """
  )

  package static let missingMember = DiagnosticCode(
    "F0009",
    "A required member is missing",
    """
    The action or trigger lacks a member that its type requires. The message names the member.
    """
  )

  package static let invalidDuration = DiagnosticCode(
    "F0010",
    "A duration is not written in ISO 8601",
    """
    Durations are written as P1D (a day), PT2H (two hours), PT30S (thirty seconds) or combinations \
    such as P1DT12H.
    """
  )

  package static let valueOutOfRange = DiagnosticCode(
    "F0011",
    "A value is outside what the language allows",
    """
    The message names the value and the allowed range or the allowed choices.
    """
  )

  package static let unknownMember = DiagnosticCode(
    "F0012",
    "A member is not known here",
    """
    The language does not know this member at this place, so it has no effect. Often it is misspelt \
    or stands one level too high or too low.
    """
  )

  package static let misplacedAction = DiagnosticCode(
    "F0013",
    "An action stands where it may not",
    """
    InitializeVariable belongs at the top level of the flow; Terminate and Response may not stand \
    inside loops.
    """
  )

  package static let unknownReference = DiagnosticCode(
    "F0014",
    "An expression refers to something that does not exist",
    """
    The expression names an action, variable, parameter or loop that the flow does not have. Names \
    compare without regard to case.
    """
  )

  package static let unknownConnectionReference = DiagnosticCode(
    "F0015",
    "A connection reference is not declared",
    """
    The action uses a connection that neither flows/connections.json nor the connection store has. \
    Declare it there, or create it with 'weir connection create'.
    """
  )

  package static let invalidRetryPolicy = DiagnosticCode(
    "F0016",
    "A retry policy is invalid",
    """
    A retry policy has a type (none, fixed, exponential or default), a count from 1 to 90 and \
    intervals as ISO 8601 durations.
    """
  )

  package static let missingTrigger = DiagnosticCode(
    "F0017",
    "The flow has no usable trigger",
    """
    A flow needs at least one trigger to say how it starts, and at most ten. For a flow that is \
    started by hand write "triggers": {"manual": {"type": "Request", "kind": "Http"}}.
    """
  )

  package static let nestingTooDeep = DiagnosticCode(
    "F0018",
    "The flow is larger than the language allows",
    """
    Actions may nest 8 levels deep and a flow may have 500 actions. Move a part of the flow into \
    one of its own and call it with an action of type Workflow.
    """
  )

  package static let invalidCondition = DiagnosticCode(
    "F0020",
    "A condition is not valid",
    """
    A condition is an expression that gives true or false, or an object with one member that is \
    named after a function and holds its arguments: {"equals": ["@variables('n')", 3]}. Combine \
    conditions with "and", "or" and "not".
    """
  )

  package static let mayNotHaveRun = DiagnosticCode(
    "F0021",
    "An expression reads an action that may not have run",
    """
    The expression refers to an action that need not have ended when the expression is evaluated, so \
    the run may fail or read an old value. Put the action that is read before the one that reads it \
    with "runAfter", directly or through others.
    """
  )

  package static let duplicateVariable = DiagnosticCode(
    "F0022",
    "A variable is initialized twice",
    """
    A variable belongs to the whole run and is initialized once. Give one of the two another name, or \
    change the value with an action of type SetVariable.
    """
  )

  package static let selfReference = DiagnosticCode(
    "F0023",
    "A variable is computed from itself",
    """
    SetVariable and the append actions may not read the variable that they change, because iterations \
    in parallel would lose values. Compute the new value in a Compose action and set the variable from \
    its outputs, or use IncrementVariable.
    """
  )

  package static let unresolvedTemplate = DiagnosticCode(
    "F0024",
    "An ARM template expression has no value here",
    """
    The flow stands in an ARM template, and a parameter of the flow gets its value from an expression \
    in square brackets that only a deployment can evaluate. Values from [parameters('name')] with a \
    defaultValue are taken; anything else belongs into flows/parameters.json.
    """
  )

  package static let unknownConnector = DiagnosticCode(
    "F0019",
    "A connector is not installed",
    """
    The connection names a connector that has no folder under definitions/. Copy the connector's \
    folder there; 'weir connector list' shows what is installed.
    """
  )
}
