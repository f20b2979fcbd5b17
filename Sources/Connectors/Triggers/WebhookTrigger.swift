package import Definitions
package import HTTPMessages
package import OrderedJSON

/// A trigger, or an action that waits, for which the service calls back.
///
/// Source: connector format reference, section (g), webhook.
package struct WebhookTrigger: Sendable {
  /// Where the callback address goes in the body.
  package let callbackPath: [String]
  package let shape: TriggerShape
  /// An operation that ends the subscription, when the service gives no `Location`.
  package let unsubscribe: ConnectorOperation?

  /// `nil` when the operation has no property for a callback address.
  package init?(operation: ConnectorOperation, of connector: Connector) {
    guard let body = operation.body,
      let path = connector.schemas.graph(of: body.schema).notificationURLPath
    else { return nil }
    callbackPath = path
    shape = operation.trigger ?? .single
    unsubscribe = Self.unsubscribe(for: operation, in: connector)
  }

  /// The `delete` operation whose path extends the subscribing one by one variable.
  private static func unsubscribe(for operation: ConnectorOperation, in connector: Connector)
    -> ConnectorOperation?
  {
    let prefix =
      operation.path.text.hasSuffix("/")
      ? operation.path.text : operation.path.text + "/"
    return connector.operations.first { candidate in
      guard candidate.method == "DELETE", candidate.path.text.hasPrefix(prefix) else {
        return false
      }
      let rest = candidate.path.text.dropFirst(prefix.count)
      return rest.hasPrefix("{") && rest.hasSuffix("}") && !rest.contains("/")
    }
  }

  /// The outputs of notifications: `{headers, body}`, one for each item of a batch.
  package func outputs(of notification: HTTPRequest) -> [JSONObject] {
    let headers = JSON.object(ResponseDecoder.headers(notification.headers))
    let type = notification.headers["Content-Type"]
    let body = ResponseDecoder().body(notification.body, type: type)
    guard shape == .batch, let items = body.flatMap(TriggerItems.items) else {
      var outputs: JSONObject = ["headers": headers]
      outputs["body"] = body
      return [outputs]
    }
    return items.map { ["headers": headers, "body": $0] }
  }

  /// The request that ends the subscription at a `Location`; `nil` when that is no safe address.
  package static func end(of location: String, subscribedBy request: HTTPRequest) -> FollowUp? {
    guard let target = URLReference.resolve(location, against: request),
      request.scheme == "http" || target.scheme == "https"
    else { return nil }
    var followUp = FollowUp(to: target, like: request, method: "DELETE")
    followUp.request.headers["Accept"] = nil
    return followUp
  }

  /// The request that ends a subscription, from what subscribing was answered.
  ///
  /// A `Location` on another host gets no credentials. Without one the `delete` operation is filled
  /// with the `id` of the answer. `nil` when neither is there: then callbacks are only dropped.
  package func unsubscription(
    after request: HTTPRequest,
    _ response: HTTPResponse
  ) -> Unsubscription? {
    if let location = response.headers["Location"],
      let followUp = Self.end(of: location, subscribedBy: request)
    {
      return .location(followUp)
    }
    let type = response.headers["Content-Type"]
    guard let unsubscribe, let variable = unsubscribe.path.variables.last,
      let body = ResponseDecoder().body(response.body, type: type),
      let id = body["id"] ?? body["Id"] ?? body["ID"], !id.isNull
    else { return nil }
    return .operation(unsubscribe.id, [variable: id])
  }
}
