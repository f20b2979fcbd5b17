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
    'endpoint=https://<resource>.communication.azure.com/;accesskey=<base64>'.
    """,
    remedy: """
      Copy it from the resource's Keys page, or print it with 'az communication list-key'. It is a \
      secret: keep it in an app setting.
      """,
    example: .shown(
      #"""
      AZURE_COMMUNICATION_CONNECTION_STRING=endpoint=shop.communication.azure.com
      """#
    )
  )

  package static let missingConnectionValue = DiagnosticCode(
    "K0002",
    "The connection lacks a value",
    """
    The connector needs this value for every call.
    """,
    remedy: """
      Add it to the connection, by reference when it is a secret.
      """,
    example: .shown(
      #"""
      {"acs": {"connector": "azure-communication-identity", "parameters": {}}}
      """#
    )
  )

  package static let unknownParameterSet = DiagnosticCode(
    "K0003",
    "The connector has no such parameter set",
    """
    A connector with several ways to connect names them; the connection must choose one of them.
    """,
    remedy: """
      Write one of the names that the hint lists; 'weir connector show NAME' describes them.
      """,
    example: .shown(
      #"""
      {"shop": {"connector": "shop", "parameterSet": "oauth-usr"}}
      """#
    )
  )

  package static let unknownConnectionValue = DiagnosticCode(
    "K0004",
    "The connector has no such connection parameter",
    """
    The value has no effect because the connector does not ask for it; most likely its name is \
    misspelt.
    """,
    remedy: """
      Correct its name; 'weir connector show NAME' lists what the connector asks for.
      """,
    example: .shown(
      #"""
      {"acs": {"connector": "azure-communication-identity", "parameters": {"apikey": "…"}}}
      """#
    )
  )

  package static let missingToken = DiagnosticCode(
    "K0005",
    "The connection is not signed in",
    """
    The connector uses OAuth, and the connection holds no access token.
    """,
    remedy: """
      Sign in again. 'weir connection rotate NAME' does so.
      """,
    example: .shown(
      #"""
      error: the connection 'mail' is not signed in [K0005]
      """#
    )
  )

  package static let insecureEndpoint = DiagnosticCode(
    "K0006",
    "The endpoint is not safe",
    """
    Credentials travel over https only; http is accepted for this machine itself, where a sandbox \
    may listen.
    """,
    remedy: """
      Use the https address of the service, or one of this machine.
      """,
    example: .shown(
      #"""
      endpoint=http://shop.example.com/;accesskey=…
      """#
    )
  )

  package static let signInSettingsDefect = DiagnosticCode(
    "K0007",
    "The sign-in settings cannot be used",
    """
    The oauthSetting of the connector lacks an address of its identity provider, or a value of the \
    connection makes that address unusable. Tokens are asked for over https only.
    """,
    remedy: """
      Correct the address in apiProperties.json, or the value of the connection that it is made \
      from.
      """,
    example: .shown(
      #"""
      "tokenUrl": "http://login.example.com/token"
      """#
    )
  )

  package static let signInRefused = DiagnosticCode(
    "K0008",
    "The identity provider gave no token",
    """
    The token endpoint answered with an error. Its error code is shown; its description is not, as \
    it may repeat parts of the request.
    """,
    remedy: """
      Look the error code up at the identity provider, correct the client id, secret or scopes, and \
      sign in again.
      """,
    example: .shown(
      #"""
      error: the token endpoint answered 'invalid_client' [K0008]
      """#
    )
  )

  package static let identityEndpointDefect = DiagnosticCode(
    "K0009",
    "The managed identity endpoint cannot be used",
    """
    The platform names the endpoint that gives tokens to this machine in IDENTITY_ENDPOINT and \
    IDENTITY_HEADER, or in AZURE_POD_IDENTITY_AUTHORITY_HOST. The value is no http address.
    """,
    remedy: """
      Set the variable to the address that the platform documents, or leave it out where there is no \
      managed identity.
      """,
    example: .shown(
      #"""
      IDENTITY_ENDPOINT=169.254.169.254
      """#
    )
  )

  package static let disallowedConnectionValue = DiagnosticCode(
    "K0010",
    "The connection parameter allows other values",
    """
    The connector lists the values that this parameter may have, and the one given is not among \
    them.
    """,
    remedy: """
      Give one of the values that the hint lists.
      """,
    example: .shown(
      #"""
      $ weir connection create shop --connector shop --parameter region=moon
      """#
    )
  )

  package static let connectionRefused = DiagnosticCode(
    "K0011",
    "The service refuses the credentials of the connection",
    """
    The connector's test operation was called with the values of the connection, and the service \
    answered with 401 or 403: the credentials are wrong or lack rights. A connection that is being \
    created is not saved then, unless --no-test is given.
    """,
    remedy: """
      Correct the values with 'weir connection rotate NAME'.
      """,
    example: .shown(
      #"""
      error: the service answered 401 to the test of the connection [K0011]
      """#
    )
  )

  package static let connectionBroken = DiagnosticCode(
    "K0019",
    "The test of the connection failed",
    """
    The connector's test operation was called with the values of the connection and got no answer, \
    or one that tells of a failure. Check the address among the values and the network. A \
    connection that is being created is not saved then, unless --no-test is given.
    """,
    remedy: """
      Correct the address or the network, and try again with 'weir connection test NAME'.
      """,
    example: .shown(
      #"""
      error: the test of the connection got no answer: connection refused [K0019]
      """#
    )
  )

  package static let foreignConnection = DiagnosticCode(
    "K0012",
    "The connection belongs to somebody else",
    """
    Connections work for their owner. Others may use one only when its connector allows sharing \
    and its owner shared it.
    """,
    remedy: """
      Make a connection of your own under the same name: flows find it first.
      """,
    example: .shown(
      #"""
      error: the connection 'mail' belongs to somebody else [K0012]
      """#
    )
  )

  package static let connectionExists = DiagnosticCode(
    "K0013",
    "There is a connection of this name",
    """
    A name stands for one connection, so that a second one of the same name is refused; the one that is \
    there stays as it is.
    """,
    remedy: """
      'weir connection rotate' gives it new values, 'weir connection delete' removes it.
      """,
    example: .shown(
      #"""
      $ weir connection create acs --connector azure-communication-identity
      error: there is a connection 'acs' [K0013]
      """#
    )
  )

  package static let tokenUnavailable = DiagnosticCode(
    "K0014",
    "No token could be got",
    """
    The endpoint that gives tokens could not be reached, or said several times that it is not \
    ready. Requests are sent again by the retry policy of their action. A managed identity \
    endpoint exists only on machines of the platform that gives the identity.
    """,
    remedy: """
      Wait and try again, or use another kind of credential on this machine.
      """,
    example: .shown(
      #"""
      error: no token from 169.254.169.254: no answer [K0014]
      """#
    )
  )

  package static let notShareable = DiagnosticCode(
    "K0015",
    "Connections of this connector cannot be shared",
    """
    The connector is marked as not shareable, so that each person makes a connection of their own.
    """,
    remedy: """
      Let each person run 'weir connection create' for themselves.
      """,
    example: .shown(
      #"""
      $ weir connection share mail
      """#
    )
  )

  package static let signInAbandoned = DiagnosticCode(
    "K0016",
    "The sign-in did not come to its end",
    """
    After signing in, the browser is sent back to an address on this machine. Nobody came in time, \
    or the identity provider said that the sign-in was refused.
    """,
    remedy: """
      Sign in again, and finish in the browser within the time that the command shows.
      """,
    example: .shown(
      #"""
      error: nobody came back from the sign-in in time [K0016]
      """#
    )
  )

  package static let unreadableTokenFile = DiagnosticCode(
    "K0017",
    "The federated token cannot be read",
    """
    A workload identity is proved by a token that the platform keeps in a file, named by the \
    connection or by AZURE_FEDERATED_TOKEN_FILE. The file is missing, empty or not readable.
    """,
    remedy: """
      Set AZURE_FEDERATED_TOKEN_FILE to the file that the platform mounts, and let the user of Weir \
      read it.
      """,
    example: .shown(
      #"""
      AZURE_FEDERATED_TOKEN_FILE=/var/run/secrets/azure/tokens/azure-identity-token
      """#
    )
  )

  package static let connectionNotSaved = DiagnosticCode(
    "K0018",
    "The connection cannot be used like this",
    """
    The command does not fit the connection: it is declared in a file and changed there, or its \
    limits are no number of calls in a period.
    """,
    remedy: """
      Change what is declared in flows/connections.json there; give limits as --calls N --period \
      SECONDS or --off.
      """,
    example: .shown(
      #"""
      $ weir connection rotate acs
      error: the connection 'acs' is declared in flows/connections.json [K0018]
      """#
    )
  )

  package static let foreignTokenAnswer = DiagnosticCode(
    "K0020",
    "The token endpoint answered with something else",
    """
    A token endpoint answers in JSON. What came holds neither a token nor an error of the kind: it \
    is a page for people, a redirect or an empty answer. Most often the address is wrong, or a \
    proxy or sign-in page of the network answered in its place.
    """,
    remedy: """
      Check the address of the token endpoint, and whether a proxy stands before it.
      """,
    example: .shown(
      #"""
      error: the token endpoint answered with text/html [K0020]
      """#
    )
  )
}
