extension DiagnosticCode {
  package static let runtime: [DiagnosticCode] = [
    unknownConnection, unreadableConnection, unusableHTTPAction, callFailed, brokenTransfer,
  ]

  package static let unknownConnection = DiagnosticCode(
    "K0101",
    "There is no such connection",
    """
    An action names a connection that neither flows/connections.json nor the data folder has.
    """,
    remedy: """
      Declare it in flows/connections.json: {"acs": {"connector": "…", "parameters": {…}}}.
      """,
    example: .shown(
      #"""
      error: there is no connection 'ask' [K0101]
      """#
    )
  )

  package static let unreadableConnection = DiagnosticCode(
    "K0102",
    "A stored connection cannot be read",
    """
    The parameters of stored connections are sealed under the key of the data folder. The key is \
    another one now, or the record is damaged.
    """,
    remedy: """
      Restore the key, or create the connection again.
      """,
    example: .shown(
      #"""
      error: the parameters of the connection 'acs' cannot be opened [K0102]
      """#
    )
  )

  package static let callFailed = DiagnosticCode(
    "C0202",
    "A call got no answer",
    """
    The request was built, but the service could not be reached, did not answer in time, or broke \
    the connection. The message says which.
    """,
    remedy: """
      'weir doctor' checks the connection's settings.
      """,
    example: .shown(
      #"""
      error: the host 'exmaple.invalid' has no address [C0202]
      """#
    )
  )

  package static let unusableHTTPAction = DiagnosticCode(
    "C0201",
    "An Http action cannot be sent",
    """
    The evaluated inputs of the action do not make a request: the method or the URL is missing or \
    malformed, a header has a line break, or the authentication is not supported.
    """,
    remedy: """
      Look at the inputs with 'weir run show RUN --action NAME' and correct what the message names.
      """,
    example: .shown(
      #"""
      "inputs": {"method": "GET", "uri": "@concat('example.com')"}
      """#
    )
  )

  package static let brokenTransfer = DiagnosticCode(
    "C0203",
    "Content in pieces did not arrive whole",
    """
    An action with "contentTransfer": {"transferMode": "Chunked"} sends or reads large content in \
    pieces. The service skipped, repeated or refused a piece, or the content is larger than 1 GB.
    """,
    remedy: """
      Send the content in one piece if the service takes no pieces, or split it before.
      """,
    example: .shown(
      #"""
      "runtimeConfiguration": {"contentTransfer": {"transferMode": "Chunked"}}
      """#
    )
  )
}
