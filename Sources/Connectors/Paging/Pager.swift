package import Definitions
package import HTTPMessages
package import OrderedJSON

/// Walks through the pages of an answer.
///
/// Source: connector format reference, section (d), `x-ms-pageable`.
package struct Pager: Sendable {
  /// What one page brought.
  package struct Page: Sendable {
    /// Elements of the page's array, in order.
    package var items: [JSON]
    /// The address of the next page, as the service wrote it.
    package var nextLink: String?
  }

  /// `nextLink`, `@odata.nextLink`; may be a path such as `paging/next`.
  private let nextLink: [String]

  /// `nil` when the operation does not answer in pages.
  package init?(operation: ConnectorOperation, of connector: Connector) {
    let policy = connector.policies.first { policy in
      policy.template == "updatenextlink" && policy.applies(to: operation.id)
    }
    let policyName = policy?.text("nextLinkPropertyName")
    guard let name = operation.nextLinkName ?? policyName, !name.isEmpty else { return nil }
    let parent = PropertyPath(text: policy?.text("nextLinkParentPropertyPath")).names
    nextLink = operation.nextLinkName == nil ? parent + [name] : [name]
  }

  /// A pager for an answer whose body has a next link under one of the usual names.
  package init?(body: JSON) {
    guard let name = ["nextLink", "@odata.nextLink"].first(where: { body[$0]?.stringValue != nil })
    else { return nil }
    self.init(nextLinkName: name)
  }

  /// A pager for answers whose next link has this name.
  package init(nextLinkName: String) { nextLink = [nextLinkName] }

  /// The items and next link of a decoded body.
  package func page(_ body: JSON) -> Page {
    Page(items: Self.items(of: body), nextLink: link(in: body))
  }

  /// The request for the next page; `nil` at the end, or when the link is no web address.
  ///
  /// Credentials go along only to the host that was asked before.
  package func next(after request: HTTPRequest, _ body: JSON) -> FollowUp? {
    guard let link = link(in: body), let target = URLReference.resolve(link, against: request),
      request.scheme == "http" || target.scheme == "https"
    else { return nil }
    return FollowUp(to: target, like: request)
  }

  /// The first body with the items of all pages and without a next link.
  package func combined(_ first: JSON, items: [JSON]) -> JSON {
    guard case .object(var object) = first else { return .array(items) }
    let withoutLink = PropertyPath(nextLink).setting(nil, in: first)
    object = withoutLink.objectValue ?? object
    object[Self.itemsKey(of: object) ?? "value"] = .array(items)
    return .object(object)
  }

  private func link(in body: JSON) -> String? {
    guard let text = body.value(at: JSONPointer(nextLink))?.stringValue, !text.isEmpty else {
      return nil
    }
    return text
  }

  private static func items(of body: JSON) -> [JSON] {
    switch body {
    case .array(let items): items
    case .object(let object): itemsKey(of: object).flatMap { object[$0]?.arrayValue } ?? []
    default: []
    }
  }

  /// `value` where it is an array, else the only array among the members.
  private static func itemsKey(of object: JSONObject) -> String? {
    if object["value"]?.arrayValue != nil { return "value" }
    let arrays = object.members.filter { $0.value.arrayValue != nil }
    return arrays.count == 1 ? arrays.first?.key : nil
  }
}
