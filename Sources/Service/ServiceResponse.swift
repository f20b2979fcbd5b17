package import HTTPMessages
package import OrderedJSON

/// What the service answers: a response, whose body may go on in pieces while time passes.
package struct ServiceResponse: Sendable {
  /// Status and headers, and the body or its beginning.
  package var head: HTTPResponse
  /// The rest of the body; `nil` when the head has all of it.
  package var pieces: AsyncStream<[UInt8]>?

  package init(_ head: HTTPResponse, pieces: AsyncStream<[UInt8]>? = nil) {
    self.head = head
    self.pieces = pieces
  }

  package init(status: Int = 200, json: JSON, headers: HTTPFields = HTTPFields()) {
    var headers = headers
    headers.append("Content-Type", "application/json; charset=utf-8")
    self.init(HTTPResponse(status: status, headers: headers, body: json.bytes))
  }

  static func json(_ value: JSON) -> ServiceResponse { ServiceResponse(json: value) }

  static let noContent = ServiceResponse(HTTPResponse(status: 204))

  /// Something that is not JSON, such as a page.
  static func content(_ type: String, _ text: String) -> ServiceResponse {
    ServiceResponse(
      HTTPResponse(status: 200, headers: ["Content-Type": type], body: Array(text.utf8))
    )
  }
}
