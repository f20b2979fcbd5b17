extension DiagnosticCode {
  package static let connections: [DiagnosticCode] = [
    invalidConnectionString, missingConnectionValue, unknownParameterSet, unknownConnectionValue,
    missingToken, insecureEndpoint, signInSettingsDefect, signInRefused,
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
}
