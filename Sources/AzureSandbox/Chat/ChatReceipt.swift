internal import OrderedJSON
internal import Timekeeping

/// How far a participant has read.
struct ChatReceipt: Codable, Sendable {
  let reader: CommunicationIdentifier
  let message: Int64
  let time: Timestamp

  var json: JSON {
    [
      "senderCommunicationIdentifier": reader.json, "chatMessageId": .string(String(message)),
      "readOn": .string(time.textInSeconds),
    ]
  }
}
