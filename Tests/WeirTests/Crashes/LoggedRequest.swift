import OrderedJSON

/// What the sandbox says of a request.
struct LoggedRequest: Hashable, Sendable {
  let target: String
  let idempotencyKey: String?
  /// When the client says that it sent the first request with this key.
  let firstSent: String?

  init(_ json: JSON) {
    target = "\(json["method"]?.stringValue ?? "") \(json["target"]?.stringValue ?? "")"
    idempotencyKey = json["idempotencyKey"]?.stringValue
    firstSent = json["firstSent"]?.stringValue
  }
}
