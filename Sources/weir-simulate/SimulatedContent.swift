import HTTPMessages
import OrderedJSON
import Synchronization

/// What the service hands out in pages and pieces, and takes in pieces.
final class SimulatedContent: Sendable {
  static let text = String(repeating: "0123456789abcdefghij", count: 4)
  private static let pieceSize = 23
  private static let pageSize = 3
  /// What all pages bring together.
  static let items: [JSON] = (0..<8).map { .integer(Int64($0)) }

  private let uploads = Mutex<[Int: [UInt8]]>([:])

  /// Whether a path leads here.
  static func serves(_ path: String) -> Bool {
    ["/list", "/download", "/upload"].contains { path.hasPrefix($0) }
  }

  /// Whether a request goes on with what another one began.
  static func goesOn(_ request: HTTPRequest) -> Bool {
    request.query.hasPrefix("page=") || request.headers["Range"] != nil
      || request.path.hasPrefix("/upload/")
  }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    switch request.path {
    case "/list": Self.page(request)
    case "/download": Self.piece(request)
    case "/upload": begin()
    default: take(request)
    }
  }

  /// What was uploaded at a place.
  func upload(_ number: Int) -> String? {
    uploads.withLock { uploads in uploads[number].map { String(decoding: $0, as: UTF8.self) } }
  }

  private static func page(_ request: HTTPRequest) -> HTTPResponse {
    let start = Int(request.query.split(separator: "=").last ?? "") ?? 0
    let end = min(start + pageSize, items.count)
    var body: JSONObject = ["value": .array(Array(items[start..<end]))]
    if end < items.count {
      body["nextLink"] = .string("https://\(request.authority)/list?page=\(end)")
    }
    return HTTPResponse(
      status: 200,
      headers: ["Content-Type": "application/json"],
      body: JSON.object(body).bytes
    )
  }

  private static func piece(_ request: HTTPRequest) -> HTTPResponse {
    let whole = Array(text.utf8)
    let first = Int((request.headers["Range"] ?? "").filter(\.isNumber)) ?? 0
    let last = min(first + pieceSize, whole.count) - 1
    return HTTPResponse(
      status: 206,
      headers: [
        "Content-Type": "text/plain", "Content-Range": "bytes \(first)-\(last)/\(whole.count)",
      ],
      body: Array(whole[first...last])
    )
  }

  private func begin() -> HTTPResponse {
    let number = uploads.withLock { uploads in
      uploads[uploads.count] = []
      return uploads.count - 1
    }
    return HTTPResponse(
      status: 200,
      headers: [
        "Location": "https://www.service.example/upload/\(number)",
        "x-ms-chunk-size": "\(Self.pieceSize)",
      ]
    )
  }

  private func take(_ request: HTTPRequest) -> HTTPResponse {
    let number = Int(request.path.split(separator: "/").last ?? "") ?? -1
    let range = request.headers["Content-Range"] ?? ""
    let first = Int(range.drop { !$0.isNumber }.prefix(while: \.isNumber)) ?? 0
    let count = uploads.withLock { uploads in
      uploads[number] = Array((uploads[number] ?? []).prefix(first)) + request.body
      return uploads[number]?.count ?? 0
    }
    let body: JSON = ["upload": .integer(Int64(number))]
    return HTTPResponse(
      status: 200,
      headers: ["Range": "bytes=0-\(count - 1)", "Content-Type": "application/json"],
      body: body.bytes
    )
  }
}
