extension DiagnosticCode {
  package static let structureAdvice = DiagnosticCode(
    "C0101",
    "Advice on the structure of a definition",
    """
    The definition departs from OpenAPI 2.0 or from the rules for connectors in a way that does \
    not keep it from running, such as a path without a leading slash.
    """,
    remedy: """
      Change the definition as the hint says.
      """,
    example: .shown(
      #"""
      "paths": {"items": {"get": …}}
      """#
    )
  )

  package static let operationAdvice = DiagnosticCode(
    "C0102",
    "Advice on an operation",
    """
    Each operation needs a unique operationId of letters and digits, a short summary, and exactly \
    one success response with a schema.
    """,
    remedy: """
      Give the operation what the message names.
      """,
    example: .shown(
      #"""
      "get": {"operationId": "Get Items!", "responses": {}}
      """#
    )
  )

  package static let parameterAdvice = DiagnosticCode(
    "C0103",
    "Advice on a parameter",
    """
    Parameters must be unique, agree with the path template, and have one location and one \
    encoding that every reader understands in the same way.
    """,
    remedy: """
      Correct the parameter as the hint says.
      """,
    example: .shown(
      #"""
      "/items/{id}": {"get": {"parameters": []}}
      """#
    )
  )

  package static let internalAdvice = DiagnosticCode(
    "C0104",
    "Advice on an internal parameter or property",
    """
    Internal values are never asked for. A required one needs a default; the default of an \
    optional one is not guaranteed to be sent.
    """,
    remedy: """
      Add a default to the value.
      """,
    example: .shown(
      #"""
      {"name": "api-version", "in": "query", "type": "string", "required": true, "x-ms-visibility": "internal"}
      """#
    )
  )

  package static let schemaAdvice = DiagnosticCode(
    "C0105",
    "Advice on a schema",
    """
    References must lead somewhere, 'required' must name existing properties, and binary data \
    belongs at the root of a body or in a form.
    """,
    remedy: """
      Correct the reference or the name.
      """,
    example: .shown(
      #"""
      {"type": "object", "required": ["id"], "properties": {"Id": {"type": "string"}}}
      """#
    )
  )

  package static let dynamicAdvice = DiagnosticCode(
    "C0106",
    "Advice on dynamic values",
    """
    Choices come from another operation of the same connector; it must exist and receive its \
    required parameters.
    """,
    remedy: """
      Name an operation that exists, and give it what it needs.
      """,
    example: .shown(
      #"""
      "x-ms-dynamic-values": {"operationId": "ListSite", "value-path": "id"}
      """#
    )
  )

  package static let webhookAdvice = DiagnosticCode(
    "C0107",
    "Advice on a webhook or paged operation",
    """
    The callback property must be a required internal string, the path must say what the service \
    sends, and the name of the next link must be one that platforms know.
    """,
    remedy: """
      Change the operation as the hint says.
      """,
    example: .shown(
      #"""
      "x-ms-pageable": {"nextLinkName": "more"}
      """#
    )
  )

  package static let lifecycleAdvice = DiagnosticCode(
    "C0108",
    "Advice on versions of an operation",
    """
    Revisions within a family must differ, at most two may be active, and only deprecated \
    operations name a replacement.
    """,
    remedy: """
      Change the revision or mark the older operation as deprecated.
      """,
    example: .shown(
      #"""
      "x-ms-api-annotation": {"family": "Items", "revision": 1}
      """#
    )
  )

  package static let securityAdvice = DiagnosticCode(
    "C0109",
    "Advice on authentication",
    """
    The security definitions and the connection parameters do not fit together; calls would go out \
    without credentials.
    """,
    remedy: """
      Add a connection parameter for each value that the security definitions need.
      """,
    example: .shown(
      #"""
      "securityDefinitions": {"key": {"type": "apiKey", "in": "header", "name": "x-key"}}
      """#
    )
  )

  package static let certificationAdvice = DiagnosticCode(
    "C0110",
    "Advice for certification",
    """
    The vendor of the platform accepts connectors for publication only when titles, descriptions \
    and metadata follow its rules. Running a connector does not need any of this.
    """,
    remedy: """
      Follow the hint if you want to publish the connector; otherwise leave it.
      """,
    example: .shown(
      #"""
      "info": {"title": "My connector API"}
      """#
    )
  )

  package static let policyAdvice = DiagnosticCode(
    "C0111",
    "Advice on a policy",
    """
    A policy names an unknown template or an operation that the definition does not have; that \
    part has no effect.
    """,
    remedy: """
      Correct the name of the template or of the operation.
      """,
    example: .shown(
      #"""
      {"templateId": "setheadr", "title": "Key", "parameters": {}}
      """#
    )
  )
}
