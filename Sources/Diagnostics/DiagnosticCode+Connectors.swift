extension DiagnosticCode {
  package static let connectors: [DiagnosticCode] = [
    unusableConnector, unknownOperation, unknownParameter, missingParameter,
    unusableParameterValue, unmatchedPath, notExecutable, policyFailure, hostNotAllowed,
    runtimeSettingsDefect, propertiesDefect, unsafeRedirect, misplacedOperation,
    unfittingValue, structureAdvice, operationAdvice,
    parameterAdvice, internalAdvice, schemaAdvice, dynamicAdvice, webhookAdvice, lifecycleAdvice,
    securityAdvice, certificationAdvice, policyAdvice,
  ]

  package static let unusableConnector = DiagnosticCode(
    "C0001",
    "The file is not a connector definition",
    """
    A connector definition is an OpenAPI 2.0 document: a JSON object with 'swagger', 'host' and \
    'paths'. Without them there is nothing to call.
    """,
    remedy: """
      Definitions in OpenAPI 3 must be converted.
      """,
    example: .shown(
      #"""
      definitions/shop/apiDefinition.swagger.json:1:1: error: the document has no 'paths' [C0001]
        {"openapi": "3.0.0"}
      """#
    )
  )

  package static let unknownOperation = DiagnosticCode(
    "C0002",
    "The connector has no such operation",
    """
    The operationId is not in the connector's definition.
    """,
    remedy: """
      Check its spelling with 'weir connector show NAME'; a newer revision of a connector may have \
      renamed it.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "acs", "operationId": "CreateIdentity"}}}}
      """#
    )
  )

  package static let unknownParameter = DiagnosticCode(
    "C0003",
    "The operation has no such parameter",
    """
    Inputs are named by the parameter's name; a member of the body by '<body>/<member>', where \
    <body> is the name of the body parameter, usually 'body'.
    """,
    remedy: """
      'weir connector docs NAME' lists every key.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "acs", "operationId": "CreateCommunicationIdentity"},
        "parameters": {"body/color": "red"}}}}
      """#
    )
  )

  package static let missingParameter = DiagnosticCode(
    "C0004",
    "A required parameter is missing",
    """
    The service needs this value and the definition has no default for it.
    """,
    remedy: """
      Add it to the inputs. An expression that yields null counts as missing.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "acs", "operationId": "DeleteCommunicationIdentity"},
        "parameters": {}}}}
      """#
    )
  )

  package static let unusableParameterValue = DiagnosticCode(
    "C0005",
    "A parameter's value cannot be sent",
    """
    The value does not fit where it goes: a line break in a header, an empty or dotted path \
    segment, an object where text is needed, or a file that is neither text nor a '$content' \
    object.
    """,
    remedy: """
      Look at the value with weir run show RUN --action NAME, and encode or shorten it before it is \
      sent.
      """,
    example: .shown(
      #"""
      $ weir connector preview shop GetItem --parameters '{"id": "../x"}'
      error: 'id' of 'GetItem' is a dotted path segment [C0005]
      """#
    )
  )

  package static let unmatchedPath = DiagnosticCode(
    "C0006",
    "No operation has this method and path",
    """
    Actions of type ApiConnection name an operation by its method and path.
    """,
    remedy: """
      The path excludes the base path of the service, and its variables must be percent-encoded and \
      not empty. 'weir connector show NAME' lists methods and paths.
      """,
    example: .actions(
      #"""
      {"A": {"type": "ApiConnection", "inputs": {"host": {"connection": {"referenceName": "acs"}}, "method": "get", "path": "/nowhere"}}}
      """#
    )
  )

  package static let notExecutable = DiagnosticCode(
    "C0007",
    "The operation cannot be executed from the published files",
    """
    The vendor's platform does something for this operation that the files do not contain: it runs \
    a script, reaches a private network through a gateway, or applies unpublished settings. The \
    message names which.
    """,
    remedy: """
      A runtime.json beside the definition can replace some of it.
      """,
    example: .shown(
      #"""
      $ weir connector validate definitions/shop
        not executable: Quote (a script, which only the vendor's platform runs)
      """#
    )
  )

  package static let policyFailure = DiagnosticCode(
    "C0008",
    "A policy of the connector cannot be applied",
    """
    Policies in apiProperties.json change requests and responses. This one needs a value that is \
    missing, or is written in a way that has no meaning. The message names the policy.
    """,
    remedy: """
      Compare the policy with definitions/README.md, and give the connection the value that it \
      needs.
      """,
    example: .shown(
      #"""
      error: the policy 'Set host' needs the connection parameter 'region' [C0008]
      """#
    )
  )

  package static let hostNotAllowed = DiagnosticCode(
    "C0009",
    "The request would leave for a host that is not allowed",
    """
    The host comes from an input of the action. As the connection's credentials would go there, \
    the host must be the connector's own or be listed in 'allowedHosts' of runtime.json.
    """,
    remedy: """
      Add the host to 'allowedHosts' of runtime.json when you trust it with the connection's \
      credentials.
      """,
    example: .shown(
      #"""
      {"allowedHosts": ["*.example.com"]}
      """#
    )
  )

  package static let runtimeSettingsDefect = DiagnosticCode(
    "C0010",
    "A defect in runtime.json",
    """
    The file runtime.json beside a definition is Weir's own; definitions/README.md describes it and \
    definitions/runtime.schema.json checks it in an editor.
    """,
    remedy: """
      Correct the member that the message names.
      """,
    example: .shown(
      #"""
      {"throttling": {"calls": "many"}}
      """#
    )
  )

  package static let propertiesDefect = DiagnosticCode(
    "C0011",
    "A defect in apiProperties.json",
    """
    The part shown does not have the form that the connector format fixes. It is left out, and the rest \
    of the connector is loaded.
    """,
    remedy: """
      Compare it with the published schema of apiProperties.json.
      """,
    example: .shown(
      #"""
      {"properties": {"connectionParameters": []}}
      """#
    )
  )

  package static let unsafeRedirect = DiagnosticCode(
    "C0012",
    "A redirect was not followed",
    """
    Only GET and HEAD requests follow redirects, at most 10, and never from https to http: \
    anything else could repeat a side effect or expose credentials. The same goes for links to \
    further pages and to subscriptions.
    """,
    remedy: """
      Give the address that the service redirects to, or ask for it in an action of its own.
      """,
    example: .shown(
      #"""
      HTTP/1.1 302 Found
      Location: http://example.com/elsewhere
      """#
    )
  )

  package static let misplacedOperation = DiagnosticCode(
    "C0013",
    "An operation is used where it has no effect",
    """
    Triggers call operations that the definition marks with 'x-ms-trigger', and actions call the \
    others. An operation with a callback address needs a type that ends in 'Webhook', and only \
    such an operation can have it.
    """,
    remedy: """
      Move the operation to where it belongs, or change the type of the action or trigger as the \
      hint says.
      """,
    example: .shown(
      #"""
      "Wait_for_mail": {"type": "OpenApiConnection", "inputs": {"host": {"operationId": "OnNewEmail", …}}}
      """#
    )
  )

  package static let unfittingValue = DiagnosticCode(
    "C0014",
    "A value does not fit the definition of its parameter",
    """
    The definition gives the parameter another type, or lists values among which this one is not. \
    It is sent as it is, since definitions are not always complete, but the service will most \
    likely refuse it.
    """,
    remedy: """
      Give a value of that type, or one of the values that the hint lists.
      """,
    example: .actions(
      #"""
      {"A": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "acs", "operationId": "IssueIdentityAccessToken"},
        "parameters": {"identityId": "8:acs:1", "body/scopes": [5]}}}}
      """#
    )
  )
}
