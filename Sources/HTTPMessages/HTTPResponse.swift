/// One HTTP response with its whole body.
package struct HTTPResponse: Hashable, Sendable {
  package var status: Int
  package var headers: HTTPFields
  package var body: [UInt8]

  package init(status: Int, headers: HTTPFields = HTTPFields(), body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// Whether the status says that the request succeeded.
  package var isSuccess: Bool { (200..<300).contains(status) }
}
