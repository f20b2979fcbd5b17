internal import OrderedJSON
internal import Timekeeping

/// A message of a thread: of a participant, or of the service about a change.
struct ChatMessage: Codable, Sendable {
  enum Kind: String, Codable, Sendable {
    case text
    case html
    case topicUpdated
    case participantAdded
    case participantRemoved
  }

  /// Milliseconds since 1970, made unique within the thread.
  let id: Int64
  let kind: Kind
  /// From 1 on.
  let sequence: Int
  let created: Timestamp
  let sender: CommunicationIdentifier
  var senderDisplayName: String?
  /// The text, or the new topic.
  var text: String?
  /// Who was added or removed.
  var participants: [ChatParticipant] = []
  var metadata: [String: String] = [:]
  /// The id, until the message is edited or deleted.
  var version: Int64
  var edited: Timestamp?
  var deleted: Timestamp?

  init(
    _ kind: Kind,
    id: Int64,
    sequence: Int,
    by sender: CommunicationIdentifier,
    at now: Timestamp
  ) {
    self.kind = kind
    self.id = id
    self.sequence = sequence
    self.sender = sender
    created = now
    version = id
  }

  var json: JSON {
    var object: JSONObject = [
      "id": .string(String(id)), "type": .string(kind.rawValue),
      "sequenceId": .string(String(sequence)), "version": .string(String(version)),
    ]
    if deleted == nil { object["content"] = content }
    object["senderDisplayName"] = senderDisplayName.map(JSON.string)
    object["createdOn"] = .string(created.textInSeconds)
    object["senderCommunicationIdentifier"] = sender.json
    object["deletedOn"] = (deleted?.textInSeconds).map(JSON.string)
    object["editedOn"] = (edited?.textInSeconds).map(JSON.string)
    if !metadata.isEmpty, deleted == nil {
      object["metadata"] = .object(
        JSONObject(metadata.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      )
    }
    return .object(object)
  }

  private var content: JSON {
    let text = JSON.string(text ?? "")
    switch kind {
    case .text, .html: return ["message": text]
    case .topicUpdated: return ["topic": text, "initiatorCommunicationIdentifier": sender.json]
    case .participantAdded, .participantRemoved:
      return [
        "participants": .array(participants.map(\.json)),
        "initiatorCommunicationIdentifier": sender.json,
      ]
    }
  }
}
