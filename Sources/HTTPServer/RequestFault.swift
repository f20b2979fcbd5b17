internal import HTTPMessages

/// Why the server answers a request by itself.
struct RequestFault: Hashable, Sendable {
  let status: Int
  let message: String

  static func malformed(_ message: String) -> RequestFault {
    RequestFault(status: 400, message: message)
  }

  static func bodyTooLarge(_ limit: Int) -> RequestFault {
    RequestFault(status: 413, message: "The request body is larger than \(limit) bytes.")
  }

  static func headersTooLarge(_ limit: Int) -> RequestFault {
    RequestFault(status: 431, message: "Request line and headers are larger than \(limit) bytes.")
  }

  static func tooManyFields(_ limit: Int) -> RequestFault {
    RequestFault(status: 431, message: "The request has more than \(limit) header fields.")
  }

  static let brokenField = RequestFault.malformed(
    "A header field is continued on another line or holds a NUL."
  )

  static let slow = RequestFault(status: 408, message: "The request did not arrive in time.")

  static let tooManyConnections = RequestFault(
    status: 503,
    message: "This address has too many connections open."
  )

  static let overloaded = RequestFault(
    status: 503,
    message: "The server holds too much unfinished work; try again later."
  )

  static let unknownVersion = RequestFault(
    status: 505,
    message: "The server speaks HTTP/1.1 and HTTP/1.0."
  )

  static let unknownExpectation = RequestFault(
    status: 417,
    message: "The server meets no expectation but 100-continue."
  )

  static let unknownCoding = RequestFault(
    status: 501,
    message: "The server knows no transfer coding but chunked."
  )

  /// `{"error": {"code", "message"}}`; the message is plain text that needs no escaping.
  var response: HTTPResponse {
    let code = HTTPStatus.name(status)
    let text = #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
    var headers: HTTPFields = ["Content-Type": "application/json; charset=utf-8"]
    if status == 503 { headers["Retry-After"] = "5" }
    return HTTPResponse(status: status, headers: headers, body: Array(text.utf8))
  }

  /// The response as bytes for a connection that the library is not asked to write to.
  func wire(adding fields: HTTPFields) -> [UInt8] {
    let response = response.adding(fields)
    var text = "HTTP/1.1 \(status) \(HTTPStatus.name(status))\r\n"
    for field in response.headers.fields { text += "\(field.name): \(field.value)\r\n" }
    text += "Content-Length: \(response.body.count)\r\nConnection: close\r\n\r\n"
    return Array(text.utf8) + response.body
  }
}

extension HTTPResponse {
  /// The response with fields that it does not set itself.
  func adding(_ fields: HTTPFields) -> HTTPResponse {
    var response = self
    let own = headers.fields
    for field in fields.fields
    where !own.contains(where: { $0.name.isSameFieldName(as: field.name) }) {
      response.headers.append(field.name, field.value)
    }
    return response
  }
}
