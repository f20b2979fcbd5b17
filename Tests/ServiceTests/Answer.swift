import HTTPMessages
import OrderedJSON
import Service

/// A response as tests look at it.
struct Answer: Sendable {
  let status: Int
  let headers: HTTPFields
  let body: [UInt8]
  let pieces: AsyncStream<[UInt8]>?

  init(_ response: ServiceResponse) {
    status = response.head.status
    headers = response.head.headers
    body = response.head.body
    pieces = response.pieces
  }

  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body as JSON; `null` when it is none.
  var json: JSON { (try? JSON(parsing: body)) ?? .null }

  var errorCode: String? { json["error"]?["code"]?.stringValue }

  /// The entries of a list.
  var values: [JSON] { json["value"]?.arrayValue ?? [] }

  var names: [String] { values.compactMap { $0["name"]?.stringValue } }
}
