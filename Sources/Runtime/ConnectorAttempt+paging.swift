import Connectors
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

extension ConnectorAttempt {
  /// The first page with the items of those behind it.
  struct Pages {
    var response: HTTPResponse
    var prepared: PreparedRequest?
    /// The body in place of the response's own; `nil` when there is only one page.
    var body: JSON?
  }

  private static let pageLimit = 10_000

  /// Follows next links until there are as many items as the action wants.
  ///
  /// A page that fails is the answer, so that the whole action is tried again.
  ///
  /// Source: workflow language reference, section d.5 (`paginationPolicy`).
  func pages(after answer: Answer) async throws(CallFailure) -> Pages {
    var pages = Pages(response: answer.response, prepared: answer.prepared)
    guard let wanted = origin.minimumItemCount, answer.response.isSuccess,
      var prepared = answer.prepared, let draft = answer.draft
    else { return pages }
    let first = body(of: answer.response)
    let pager = Pager(operation: call.operation, of: call.connector) ?? Pager(body: first)
    guard let pager else { return pages }
    var current = first
    var items = pager.page(first).items
    var visited: Set<String> = [prepared.request.url]
    while items.count < wanted, let next = pager.next(after: prepared.request, current) {
      try allow(next, from: prepared.request)
      guard visited.insert(next.request.url).inserted, visited.count <= Self.pageLimit else {
        throw .refused(Self.circle(next.request))
      }
      let (last, response) = try await follow(follower(next, of: prepared))
      let page = try mapped(response, draft)
      guard page.isSuccess else { return Pages(response: page, prepared: last) }
      prepared = last
      current = body(of: page)
      items += pager.page(current).items
    }
    if visited.count > 1 { pages.body = pager.combined(first, items: items) }
    return pages
  }

  private func body(of response: HTTPResponse) -> JSON {
    call.decoder.body(response.body, type: response.headers["Content-Type"]) ?? .null
  }

  /// A next link is a service's word, so it leads only where the connector may go.
  private func allow(_ next: FollowUp, from request: HTTPRequest) throws(CallFailure) {
    guard !next.keepsCredentials, !call.connector.allows(host: next.request.host) else { return }
    throw .refused(
      Diagnostic(
        .hostNotAllowed,
        "the next page of '\(call.operation.id)' is on another host, '\(next.request.host)'",
        hint: "list the host in 'allowedHosts' of runtime.json if it belongs to the service"
      )
    )
  }

  private static func circle(_ request: HTTPRequest) -> Diagnostic {
    Diagnostic(
      .unsafeRedirect,
      "the next links of '\(request.host)' lead in a circle",
      hint: "ask for fewer items with 'minimumItemCount'"
    )
  }
}
