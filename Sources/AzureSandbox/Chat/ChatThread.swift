internal import OrderedJSON
internal import Timekeeping

/// A conversation: its participants, messages and receipts.
///
/// Source: Azure Communication fact sheet, section 6.
struct ChatThread: Codable, Sendable {
  static let mostParticipants = 250

  let id: String
  private(set) var topic: String
  let created: Timestamp
  let creator: CommunicationIdentifier
  private(set) var participants: [ChatParticipant] = []
  /// Oldest first.
  private(set) var messages: [ChatMessage] = []
  /// The last one of each reader, in the order of first reading.
  private(set) var receipts: [ChatReceipt] = []
  private(set) var deleted: Timestamp?
  private var lastStamp: Int64 = 0

  /// A new thread, whose maker takes part in it.
  init(
    id: String,
    topic: String,
    by creator: CommunicationIdentifier,
    with others: [ChatParticipant],
    at now: Timestamp
  ) {
    self.id = id
    self.topic = topic
    self.creator = creator
    created = now
    let isListed = others.contains { $0.identifier == creator }
    add((isListed ? [] : [ChatParticipant(creator)]) + others, by: creator, at: now)
  }

  func participant(_ identifier: CommunicationIdentifier) -> ChatParticipant? {
    participants.first { $0.identifier == identifier }
  }

  /// When the last message came.
  var lastMessage: Timestamp { messages.last?.created ?? created }

  // MARK: Changes

  mutating func setTopic(
    _ topic: String,
    by user: CommunicationIdentifier,
    at now: Timestamp
  ) {
    self.topic = topic
    post(.topicUpdated, by: user, at: now) { $0.text = topic }
  }

  mutating func delete(at now: Timestamp) { deleted = now }

  /// Those who take part already stay as they are.
  mutating func add(
    _ newcomers: [ChatParticipant],
    by user: CommunicationIdentifier,
    at now: Timestamp
  ) {
    var known = Set(participants.map(\.identifier))
    let added = newcomers.filter { known.insert($0.identifier).inserted }
    guard !added.isEmpty else { return }
    participants += added
    post(.participantAdded, by: user, at: now) { $0.participants = added }
  }

  /// Whoever does not take part stays out.
  mutating func remove(
    _ identifier: CommunicationIdentifier,
    by user: CommunicationIdentifier,
    at now: Timestamp
  ) {
    guard let removed = participant(identifier) else { return }
    participants.removeAll { $0.identifier == identifier }
    post(.participantRemoved, by: user, at: now) { $0.participants = [removed] }
  }

  /// Adds a message.
  ///
  /// - Returns: Its id.
  @discardableResult
  mutating func post(
    _ kind: ChatMessage.Kind,
    by user: CommunicationIdentifier,
    at now: Timestamp,
    _ fill: (inout ChatMessage) -> Void
  ) -> Int64 {
    var message = ChatMessage(
      kind,
      id: stamp(at: now),
      sequence: messages.count + 1,
      by: user,
      at: now
    )
    fill(&message)
    messages.append(message)
    return message.id
  }

  /// Edits or deletes a message and gives it a new version; `nil` when there is none to change.
  mutating func change<Result>(
    _ id: Int64,
    at now: Timestamp,
    _ body: (inout ChatMessage) throws(Problem) -> Result
  ) throws(Problem) -> Result? {
    guard let index = messages.firstIndex(where: { $0.id == id && $0.deleted == nil }) else {
      return nil
    }
    let result = try body(&messages[index])
    messages[index].version = stamp(at: now)
    return result
  }

  mutating func read(_ message: Int64, by reader: CommunicationIdentifier, at now: Timestamp) {
    let receipt = ChatReceipt(reader: reader, message: message, time: now)
    if let index = receipts.firstIndex(where: { $0.reader == reader }) {
      receipts[index] = receipt
    } else {
      receipts.append(receipt)
    }
  }

  /// Milliseconds of a clock that never stands still.
  private mutating func stamp(at now: Timestamp) -> Int64 {
    lastStamp = max(lastStamp + 1, now.ticks / (Timestamp.ticksPerSecond / 1000))
    return lastStamp
  }

  // MARK: Answers

  var json: JSON {
    var object: JSONObject = [
      "id": .string(id), "topic": .string(topic), "createdOn": .string(created.textInSeconds),
      "createdByCommunicationIdentifier": creator.json,
    ]
    object["deletedOn"] = (deleted?.textInSeconds).map(JSON.string)
    return .object(object)
  }

  /// As lists show it.
  var item: JSON {
    var object: JSONObject = ["id": .string(id), "topic": .string(topic)]
    object["deletedOn"] = (deleted?.textInSeconds).map(JSON.string)
    object["lastMessageReceivedOn"] = .string(lastMessage.textInSeconds)
    return .object(object)
  }
}
