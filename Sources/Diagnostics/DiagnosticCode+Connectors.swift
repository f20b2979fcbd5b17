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
    'paths'. Without them there is nothing to call. Definitions in OpenAPI 3 must be converted.
    """
  )

  package static let unknownOperation = DiagnosticCode(
    "C0002",
    "The connector has no such operation",
    """
    The operationId is not in the connector's definition. Check its spelling with \
    'weir connector show NAME'; a newer revision of a connector may have renamed it.
    """
  )

  package static let unknownParameter = DiagnosticCode(
    "C0003",
    "The operation has no such parameter",
    """
    Inputs are named by the parameter's name; a member of the body by '<body>/<member>', where \
    <body> is the name of the body parameter, usually 'body'. 'weir connector docs NAME' lists \
    every key.
    """
  )

  package static let missingParameter = DiagnosticCode(
    "C0004",
    "A required parameter is missing",
    """
    The service needs this value and the definition has no default for it. Add it to the inputs. An \
    expression that yields null counts as missing.
    """
  )

  package static let unusableParameterValue = DiagnosticCode(
    "C0005",
    "A parameter's value cannot be sent",
    """
    The value does not fit where it goes: a line break in a header, an empty or dotted path segment, \
    an object where text is needed, or a file that is neither text nor a '$content' object.
    """
  )

  package static let unmatchedPath = DiagnosticCode(
    "C0006",
    "No operation has this method and path",
    """
    Actions of type ApiConnection name an operation by its method and path. The path excludes the \
    base path of the service, and its variables must be percent-encoded and not empty.
    """
  )

  package static let notExecutable = DiagnosticCode(
    "C0007",
    "The operation cannot be executed from the published files",
    """
    The vendor's platform does something for this operation that the files do not contain: it runs a \
    script, reaches a private network through a gateway, or applies unpublished settings. The \
    message names which. A runtime.json beside the definition can replace some of it.
    """
  )

  package static let policyFailure = DiagnosticCode(
    "C0008",
    "A policy of the connector cannot be applied",
    """
    Policies in apiProperties.json change requests and responses. This one needs a value that is \
    missing, or is written in a way that has no meaning. The message names the policy.
    """
  )

  package static let hostNotAllowed = DiagnosticCode(
    "C0009",
    "The request would leave for a host that is not allowed",
    """
    The host comes from an input of the action. As the connection's credentials would go there, the \
    host must be the connector's own or be listed in 'allowedHosts' of runtime.json.
    """
  )

  package static let runtimeSettingsDefect = DiagnosticCode(
    "C0010",
    "A defect in runtime.json",
    """
    runtime.json is Weir's own file beside a definition; definitions/README.md describes it and \
    definitions/runtime.schema.json checks it in an editor.
    """
  )

  package static let propertiesDefect = DiagnosticCode(
    "C0011",
    "A defect in apiProperties.json",
    """
    The part shown is left out. Compare it with the published schema of apiProperties.json.
    """
  )

  package static let unsafeRedirect = DiagnosticCode(
    "C0012",
    "A redirect was not followed",
    """
    Only GET and HEAD requests follow redirects, at most 10, and never from https to http: anything \
    else could repeat a side effect or expose credentials. The same goes for links to further pages \
    and to subscriptions.
    """
  )

  package static let misplacedOperation = DiagnosticCode(
    "C0013",
    "An operation is used where it has no effect",
    """
    Triggers call operations that the definition marks with 'x-ms-trigger', and actions call the \
    others. An operation with a callback address needs a type that ends in 'Webhook', and only such an \
    operation can have it.
    """
  )

  package static let unfittingValue = DiagnosticCode(
    "C0014",
    "A value does not fit the definition of its parameter",
    """
    The definition gives the parameter another type, or lists values among which this one is not. It \
    is sent as it is, since definitions are not always complete, but the service will most likely \
    refuse it.
    """
  )
}
