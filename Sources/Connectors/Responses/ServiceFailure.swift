package import OrderedJSON

/// What a service says about a request that it refused, in whichever of the usual shapes.
///
/// Source: Azure REST API guidelines; RFC 9457 section 3; RFC 6749 section 5.2; OData JSON format 4.01
/// section 21.1.
package struct ServiceFailure: Hashable, Sendable {
  /// The service's own code, such as `IdentityNotOwned`.
  package var code: String?
  package var message: String?

  private static let messageLimit = 500

  /// Reads the outputs of an action; both parts are `nil` when the body says nothing readable.
  package init(outputs: JSON) {
    let body = outputs["body"] ?? .null
    let source = Self.source(in: body)
    code =
      Self.text(source, ["code", "errorCode", "error_code", "type", "title"])
      ?? body["error"]?.stringValue
    message =
      Self.text(source, ["message", "detail", "error_description", "description", "title"])
      ?? Self.plainText(body)
    message = message.map { String($0.prefix(Self.messageLimit)) }
    if code == message { code = nil }
  }

  /// One line for people: `IdentityNotOwned: the message`; `nil` when there is nothing to say.
  package var summary: String? {
    switch (code, message) {
    case (let code?, let message?): "\(code): \(message)"
    case (let code?, nil): code
    case (nil, let message): message
    }
  }

  /// The object that describes the failure.
  private static func source(in body: JSON) -> JSON {
    for key in ["error", "Error", "odata.error", "fault"] {
      if let inner = body[key], inner.objectValue != nil { return inner }
    }
    if let first = body["errors"]?[0] ?? body[0] {
      return first.objectValue == nil ? ["message": first] : first
    }
    return body
  }

  private static func text(_ value: JSON, _ keys: [String]) -> String? {
    guard let object = value.objectValue else { return nil }
    for key in keys {
      switch object.value(ignoringCaseOf: key) {
      case .string(let text) where !text.isEmpty: return text
      case .integer(let number): return String(number)
      case .object(let nested):
        if let text = nested["value"]?.stringValue { return text }
      default: continue
      }
    }
    return nil
  }

  /// A short text as it is; pages of HTML say nothing to readers of a run.
  private static func plainText(_ body: JSON) -> String? {
    guard let text = body.stringValue.map({ MediaType.trimmed($0) }), !text.isEmpty,
      text.first != "<"
    else { return nil }
    return text
  }
}
