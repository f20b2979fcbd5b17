internal import OrderedJSON
internal import Timekeeping

/// A message that the sandbox took instead of sending it.
struct Capture: Codable, Sendable {
  enum Kind: String, Codable, Sendable {
    case mail
    case sms
  }

  let kind: Kind
  let time: Timestamp
  /// The resource that it was sent from.
  let resource: ResourcePath
  /// The id under which the service answered it.
  let id: String
  /// JSON text, in the words of the service's request.
  private let content: String

  /// - Parameters:
  ///   - id: The operation id of a mail, the message id of an SMS.
  ///   - content: What a reader of `/_sandbox` sees.
  init(_ kind: Kind, id: String, _ content: JSON, by call: ServiceCall) {
    self.kind = kind
    self.id = id
    time = call.now
    resource = call.resource.path
    self.content = content.text
  }

  /// For `/_sandbox/mail` and `/_sandbox/sms`.
  var json: JSON {
    [
      "id": .string(id), "time": .string(time.description),
      "resource": .string(resource.description),
      "content": (try? JSON(parsing: Array(content.utf8))) ?? .null,
    ]
  }
}
