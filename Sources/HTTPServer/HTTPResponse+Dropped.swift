package import HTTPMessages

extension HTTPResponse {
  /// No response at all: the server closes the connection instead.
  package static let dropped = HTTPResponse(status: 0)

  /// Whether this stands for closing the connection.
  package var isDropped: Bool { status == 0 }
}
