internal import OrderedJSON

/// What becomes of one mail.
struct MailOperation: Codable, Sendable {
  /// Why a mail was dropped after it was accepted.
  struct Drop: Codable, Hashable, Sendable {
    let code: String
    let message: String

    static let allSuppressed = Drop(
      code: "EmailDroppedAllRecipientsSuppressed",
      message: "Message dropped because all recipients were suppressed"
    )
  }

  /// As the client gave it, or made up.
  let id: String
  /// The digest of the request, to tell a repeated one from another.
  let request: [UInt8]
  let domain: EmailDomain.Management
  var progress: OperationProgress
  /// `nil` when it succeeds.
  let drop: Drop?

  /// The answer to a question about it.
  func status(at stage: OperationProgress.Stage) -> JSON {
    guard stage == .ended else { return running }
    guard let drop else { return ["id": .string(id), "status": "Succeeded", "error": nil] }
    return [
      "id": .string(id), "status": "Failed",
      "error": ["code": .string(drop.code), "message": .string(drop.message)],
    ]
  }

  /// The answer to a question about it in the words of the first preview.
  func previewStatus(at stage: OperationProgress.Stage) -> JSON {
    let status =
      switch stage {
      case .waiting, .running: "queued"
      case .ended: drop == nil ? "outForDelivery" : "dropped"
      }
    return ["messageId": .string(id), "status": .string(status)]
  }

  /// The answer to the mail itself.
  var running: JSON { ["id": .string(id), "status": "Running"] }
}
