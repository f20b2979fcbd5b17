package import HTTPMessages

/// A response on its way through the policies.
package struct ResponseDraft: Sendable, PolicyMessage {
  package var status: Int
  package var headers: HTTPFields
  package var body: DraftBody

  package init(_ response: HTTPResponse) {
    status = response.status
    headers = response.headers
    body = response.body.isEmpty ? .none : .bytes(response.body)
  }

  package var response: HTTPResponse {
    HTTPResponse(status: status, headers: headers, body: body.bytes)
  }
}
