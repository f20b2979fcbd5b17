internal import Diagnostics
internal import OrderedJSON

/// Rules on webhook triggers and pages.
///
/// Source: connector format reference, section (k), webhook.
enum WebhookRules {
  static func report(
    _ operation: ConnectorOperation,
    of connector: Connector,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    reportNextLink(operation, at: place, &file)
    guard operation.trigger != nil, let body = operation.body else { return }
    let graph = connector.schemas.graph(of: body.schema)
    guard let path = graph.notificationURLPath else { return }
    if operation.notificationContent == nil {
      file.report(
        .webhookAdvice,
        "'\(operation.id)' does not say what the service sends",
        hint: "add 'x-ms-notification-content' to the path",
        at: place,
        onKey: true
      )
    }
    reportProperty(path, in: graph, of: operation, at: place, &file)
  }

  private static func reportProperty(
    _ path: [String],
    in graph: SchemaGraph,
    of operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    var node = graph.root
    var isInternal = false
    for name in path {
      guard let property = graph[node].property(name) else { return }
      isInternal = isInternal || property.visibility == .internal
      if !property.isRequired {
        warn("the callback property '\(path.joined(separator: "/"))' is not required", place, &file)
      }
      node = property.node
    }
    if !isInternal {
      warn("the callback property of '\(operation.id)' is not internal", place, &file)
    }
    if graph[node].type != "string" {
      warn("the callback property of '\(operation.id)' is no string", place, &file)
    }
  }

  private static func reportNextLink(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    guard let name = operation.nextLinkName, name != "nextLink", name != "@odata.nextLink" else {
      return
    }
    file.report(
      .webhookAdvice,
      "the next link is named '\(name)'; platforms know 'nextLink' and '@odata.nextLink'",
      at: place + ["x-ms-pageable"]
    )
  }

  private static func warn(_ message: String, _ place: [String], _ file: inout DefinitionFile) {
    file.report(.webhookAdvice, message, at: place + ["parameters"], onKey: true)
  }
}
