/// The inputs of what sends or takes requests.
///
/// Source: workflow language reference, sections d.4, d.5, e.3 and f.5.
extension FlowLanguage {
  static let headers = MemberShape("headers", .map(.any), "The headers of the request.")
  static let body = MemberShape("body", .any, "The content: JSON, text or a content object.")

  static let workflow = MemberShape(
    "workflow",
    .object([MemberShape("id", .text, "The name of the flow, or its resource id.")]),
    "The flow.",
    isRequired: true
  )

  package static let authenticationTypes = [
    "Basic", "ClientCertificate", "ActiveDirectoryOAuth", "Raw", "ManagedServiceIdentity",
    "QueryString",
  ]

  static let authentication = MemberShape(
    "authentication",
    .object([
      MemberShape("type", .choice(authenticationTypes), "The kind of credentials."),
      MemberShape("username", .text, "Of Basic."),
      MemberShape("password", .text, "Of Basic, or the one that opens a pfx."),
      MemberShape("pfx", .text, "A certificate with its key, in Base64."),
      MemberShape("tenant", .text, "The directory of the application."),
      MemberShape("audience", .text, "What the token is for."),
      MemberShape("clientId", .text, "The application."),
      MemberShape("secret", .text, "The secret of the application."),
      MemberShape("authority", .text, "The address of the identity provider."),
      MemberShape("identity", .text, "The identity of the machine; without one, the system's."),
      MemberShape("value", .text, "Of Raw: the Authorization header. Of QueryString: the value."),
      MemberShape("name", .text, "Of QueryString: the parameter."),
      MemberShape("credentialType", .text, "What the application shows."),
      MemberShape("scheme", .text, "The scheme of the Authorization header."),
    ]),
    "Who the request says it is."
  )

  static let retryPolicy = MemberShape(
    "retryPolicy",
    .object([
      MemberShape("type", .choice(["none", "fixed", "exponential", "default"]), "The policy."),
      MemberShape("count", .integer, "How often to try again, 1 to 90."),
      MemberShape("interval", .duration, "How long to wait, such as PT10S."),
      MemberShape("minimumInterval", .duration, "The shortest wait of an exponential policy."),
      MemberShape("maximumInterval", .duration, "The longest wait of an exponential policy."),
    ]),
    "When a request that failed for a moment is sent again."
  )

  private static let methods = [
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE",
  ]

  static let httpInputs: [MemberShape] = [
    MemberShape("method", .choice(methods), "The method.", isRequired: true),
    MemberShape("uri", .text, "The address.", isRequired: true), headers,
    MemberShape("queries", .map(.any), "Parameters that are added to the address."), body,
    MemberShape("cookie", .text, "The cookies."), authentication, retryPolicy,
  ]

  private static let subscription: [MemberShape] = httpInputs

  static let webhookInputs: [MemberShape] = [
    MemberShape(
      "subscribe",
      .object(subscription),
      "The request that gives the service the address @listCallbackUrl().",
      isRequired: true
    ),
    MemberShape("unsubscribe", .object(subscription), "The request that ends the subscription."),
  ]

  static let requestInputs: [MemberShape] = [
    MemberShape("schema", .any, "The JSON Schema of the body."),
    MemberShape("method", .choice(methods), "The only method that is taken."),
    MemberShape("relativePath", .text, "What the address ends in, such as /orders/{id}."),
    MemberShape("headersSchema", .any, "The JSON Schema of the headers."),
  ]

  static let connectorInputs: [MemberShape] = [
    MemberShape(
      "host",
      .object([
        MemberShape("connectionName", .text, "A connection of flows/connections.json."),
        MemberShape("operationId", .text, "The operation of its connector."),
        MemberShape("apiId", .text, "The connector, as exports name it."),
        MemberShape("connection", .any, "The connection, as Logic Apps names it."),
        MemberShape("api", .any, "The connector, as Logic Apps names it."),
      ]),
      "Which operation of which connection is called.",
      isRequired: true
    ),
    MemberShape("parameters", .any, "The inputs of the operation by name."),
    MemberShape("method", .text, "The method, where the operation is named by its path."),
    MemberShape("path", .text, "The path, where the operation is named by its path."),
    MemberShape("pathTemplate", .any, "The path with its values apart."),
    MemberShape("queries", .any, "Queries, where the operation is named by its path."),
    headers, body, MemberShape("authentication", .any, "As exports hold it."),
    MemberShape("fetch", .any, "As exports hold it."),
    MemberShape("subscribe", .any, "As exports hold it."), retryPolicy,
    MemberShape("recurrence", .object(recurrence), "How often a trigger asks."),
  ]
}
