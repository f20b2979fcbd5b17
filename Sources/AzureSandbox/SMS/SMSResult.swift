internal import OrderedJSON

/// What became of a message for one recipient.
///
/// Source: Azure Communication fact sheet, section 4.
struct SMSResult: Codable, Hashable, Sendable {
  let to: String
  var messageID: String?
  let status: Int
  /// Whether the recipient's key was accepted; `nil` without a key.
  var isRepeatabilityAccepted: Bool?
  var errorMessage: String?

  var isSuccessful: Bool { status == 202 }

  static func refused(_ to: String, _ message: String) -> SMSResult {
    SMSResult(to: to, status: 400, errorMessage: message)
  }

  /// Members that do not apply are left out.
  var json: JSON {
    var object: JSONObject = ["to": .string(to)]
    object["messageId"] = messageID.map(JSON.string)
    object["httpStatusCode"] = .integer(Int64(status))
    object["errorMessage"] = errorMessage.map(JSON.string)
    object["repeatabilityResult"] = isRepeatabilityAccepted.map { $0 ? "accepted" : "rejected" }
    object["successful"] = .bool(isSuccessful)
    return .object(object)
  }
}
