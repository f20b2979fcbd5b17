/// What a carrier says about a message, as a code.
///
/// Source: Azure Communication fact sheet, section 4 ("Report codes").
enum DeliveryOutcome: Int, CaseIterable, Codable, Sendable {
  case delivered = 2000
  case fraud = 4000
  case badSender = 4001
  case badRecipient = 4002
  case unsupported = 4003
  case unknownNumber = 4004
  case blocked = 4005
  case unreachable = 4006
  case optedOut = 4007
  case overLimit = 4008
  case failed = 5000

  var message: String {
    switch self {
    case .delivered: "No Error"
    case .fraud: "Message is rejected because of possible fraud"
    case .badSender: "The sender's number is not valid"
    case .badRecipient: "The recipient's number is not valid"
    case .unsupported: "The recipient's number does not support this message"
    case .unknownNumber: "The recipient's number does not exist"
    case .blocked: "The recipient's number is blocked"
    case .unreachable: "The recipient's number cannot be reached"
    case .optedOut: "The recipient has opted out"
    case .overLimit: "The sender is over its limit"
    case .failed: "The message could not be delivered"
    }
  }
}
