package import OrderedJSON

/// One thing that a connector can do: an HTTP method on a path.
///
/// Source: connector format reference, sections (b) and (d).
package struct ConnectorOperation: Sendable {
  package var id: String
  /// Upper case.
  package var method: String
  package var path: PathTemplate
  package var summary: String?
  package var description: String?
  package var visibility: Visibility
  package var isDeprecated: Bool
  /// `nil` when the connector's own lists count.
  package var consumes: [String]?
  package var produces: [String]?
  /// Own and inherited parameters, references resolved, without the body.
  package var parameters: [OperationParameter]
  package var body: BodyParameter?
  package var responses: [DeclaredResponse]
  package var trigger: TriggerShape?
  /// The schema of what a webhook sends, from the path item.
  package var notificationContent: JSON?
  /// The property that holds the next page's address, when the answer comes in pages.
  package var nextLinkName: String?
  /// Set when its work goes on after the first answer.
  package var longRunning: LongRunning?
  /// The operation as the definition has it.
  package var definition: JSONObject

  /// What people call it.
  package var title: String { summary ?? id }

  /// Whether parts of the request are sent as a form.
  package var hasForm: Bool { parameters.contains { $0.location == .formData } }

  package func parameter(_ name: String) -> OperationParameter? {
    parameters.first { $0.name == name }
  }
}

extension ConnectorOperation {
  /// The declared response that describes the outputs.
  ///
  /// The only one when it is `default` or 2xx; else 200, 201, `default`, in this order.
  ///
  /// Source: connector format reference, section (c).
  package var describedResponse: DeclaredResponse? {
    if responses.count == 1, let only = responses.first {
      return only.isSuccess || only.status == "default" ? only : nil
    }
    for status in ["200", "201", "default"] {
      if let found = responses.first(where: { $0.status == status }) { return found }
    }
    return nil
  }

  /// The schema of the outputs; of the notification for a webhook trigger.
  package var outputSchema: JSON? {
    if trigger != nil, let notificationContent { return notificationContent }
    return describedResponse?.schema
  }
}
