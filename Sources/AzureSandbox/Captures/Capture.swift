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
  /// JSON text.
  private let content: String

  /// A message with the id of its operation or its own, in the words of the service's request.
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
