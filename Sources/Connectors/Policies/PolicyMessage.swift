package import HTTPMessages
package import OrderedJSON

/// A request or response as policies see it.
package protocol PolicyMessage {
  var headers: HTTPFields { get set }
  var body: DraftBody { get set }
}

extension PolicyMessage {
  /// The body when it is JSON; `nil` for anything else.
  package var json: JSON? {
    switch body {
    case .none: nil
    case .json(let value): value
    case .bytes(let bytes):
      MediaType(headers["Content-Type"] ?? "").isJSON ? try? JSON(parsing: bytes) : nil
    }
  }
}

extension RequestDraft: PolicyMessage {}
