/// What flows refer to: actions, variables, connections.
extension DiagnosticCode {
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
}
