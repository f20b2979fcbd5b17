extension DiagnosticCode {
  package static let connections: [DiagnosticCode] = [
    invalidConnectionString, missingConnectionValue, unknownParameterSet, unknownConnectionValue,
    missingToken, insecureEndpoint, signInSettingsDefect, signInRefused, identityEndpointDefect,
    disallowedConnectionValue, connectionRefused, foreignConnection, connectionExists,
    tokenUnavailable, notShareable, signInAbandoned, unreadableTokenFile, connectionNotSaved,
    connectionBroken, foreignTokenAnswer,
  ]

  package static let invalidConnectionString = DiagnosticCode(
    "K0001",
    "The connection string cannot be read",
    """
    An Azure Communication Services connection string reads \
    'endpoint=https://<resource>.communication.azure.com/;accesskey=<base64>'. Copy it from the \
    resource's Keys page, or print it with 'az communication list-key'. It is a secret: keep it in \
    an app setting.
    """
  )

  package static let missingConnectionValue = DiagnosticCode(
    "K0002",
    "The connection lacks a value",
    """
    The connector needs this value for every call. Add it to the connection, by reference when it is \
    a secret.
    """
  )

  package static let unknownParameterSet = DiagnosticCode(
    "K0003",
    "The connector has no such parameter set",
    """
    A connector with several ways to connect names them; the connection must choose one of them.
    """
  )

  package static let unknownConnectionValue = DiagnosticCode(
    "K0004",
    "The connector has no such connection parameter",
    """
    The value has no effect because the connector does not ask for it; most likely its name is \
    misspelt.
    """
  )

  package static let missingToken = DiagnosticCode(
    "K0005",
    "The connection is not signed in",
    """
    The connector uses OAuth, and the connection holds no access token. Sign in again.
    """
  )

  package static let insecureEndpoint = DiagnosticCode(
    "K0006",
    "The endpoint is not safe",
    """
    Credentials travel over https only; http is accepted for this machine itself, where a sandbox may \
    listen.
    """
  )

  package static let signInSettingsDefect = DiagnosticCode(
    "K0007",
    "The sign-in settings cannot be used",
    """
    The oauthSetting of the connector lacks an address of its identity provider, or a value of the \
    connection makes that address unusable. Tokens are asked for over https only.
    """
  )

  package static let signInRefused = DiagnosticCode(
    "K0008",
    "The identity provider gave no token",
    """
    The token endpoint answered with an error. Its error code is shown; its description is not, as it \
    may repeat parts of the request.
    """
  )

  package static let identityEndpointDefect = DiagnosticCode(
    "K0009",
    "The managed identity endpoint cannot be used",
    """
    The platform names the endpoint that gives tokens to this machine in IDENTITY_ENDPOINT and \
    IDENTITY_HEADER, or in AZURE_POD_IDENTITY_AUTHORITY_HOST. The value is no http address.
    """
  )

  package static let disallowedConnectionValue = DiagnosticCode(
    "K0010",
    "The connection parameter allows other values",
    """
    The connector lists the values that this parameter may have, and the one given is not among them.
    """
  )

  package static let connectionRefused = DiagnosticCode(
    "K0011",
    "The service refuses the credentials of the connection",
    """
    The connector's test operation was called with the values of the connection, and the service \
    answered with 401 or 403: the credentials are wrong or lack rights. A connection that is being \
    created is not saved then, unless --no-test is given.
    """
  )

  package static let connectionBroken = DiagnosticCode(
    "K0019",
    "The test of the connection failed",
    """
    The connector's test operation was called with the values of the connection and got no answer, or \
    one that tells of a failure. Check the address among the values and the network. A connection that \
    is being created is not saved then, unless --no-test is given.
    """
  )

  package static let foreignConnection = DiagnosticCode(
    "K0012",
    "The connection belongs to somebody else",
    """
    Connections work for their owner. Others may use one only when its connector allows sharing and \
    its owner shared it. Make a connection of your own under the same name: flows find it first.
    """
  )

  package static let connectionExists = DiagnosticCode(
    "K0013",
    "There is a connection of this name",
    """
    A name stands for one connection. 'weir connection rotate' gives it new values, 'weir connection \
    delete' removes it.
    """
  )

  package static let tokenUnavailable = DiagnosticCode(
    "K0014",
    "No token could be got",
    """
    The endpoint that gives tokens could not be reached, or said several times that it is not ready. \
    Requests are sent again by the retry policy of their action. A managed identity endpoint exists \
    only on machines of the platform that gives the identity.
    """
  )

  package static let notShareable = DiagnosticCode(
    "K0015",
    "Connections of this connector cannot be shared",
    """
    The connector is marked as not shareable, so that each person makes a connection of their own.
    """
  )

  package static let signInAbandoned = DiagnosticCode(
    "K0016",
    "The sign-in did not come to its end",
    """
    After signing in, the browser is sent back to an address on this machine. Nobody came in time, \
    or the identity provider said that the sign-in was refused.
    """
  )

  package static let unreadableTokenFile = DiagnosticCode(
    "K0017",
    "The federated token cannot be read",
    """
    A workload identity is proved by a token that the platform keeps in a file, named by the \
    connection or by AZURE_FEDERATED_TOKEN_FILE. The file is missing, empty or not readable.
    """
  )

  package static let connectionNotSaved = DiagnosticCode(
    "K0018",
    "The connection cannot be used like this",
    """
    The command does not fit the connection: it is declared in a file and changed there, or its \
    limits are no number of calls in a period.
    """
  )

  package static let foreignTokenAnswer = DiagnosticCode(
    "K0020",
    "The token endpoint answered with something else",
    """
    A token endpoint answers in JSON. What came holds neither a token nor an error of the kind: it is \
    a page for people, a redirect or an empty answer. Most often the address is wrong, or a proxy or \
    sign-in page of the network answered in its place.
    """
  )
}
