internal import OrderedJSON
internal import Timekeeping

/// What the two SMS services share: who may send, and who wants no messages.
final class SMSDesk: Sendable {
  let states: ResourceStates<SMSState>
  let reports: ResourceStates<DeliveryReports>
  let step: Duration
  private let numbers: PhoneNumberDesk
  private let senders: Set<String>
  /// What becomes of messages to a recipient, as tests order it.
  private let outcomes: StateCell<[String: DeliveryOutcome]>

  init(_ parts: SandboxParts, numbers: PhoneNumberDesk) {
    states = ResourceStates("sms", on: parts.shelf, SMSState())
    reports = ResourceStates("sms reports", on: parts.shelf, DeliveryReports())
    outcomes = StateCell("sms outcomes", [:], on: parts.shelf)
    step = parts.configuration.operationStep
    senders = parts.configuration.smsSenders
    self.numbers = numbers
  }

  /// The sender that a request names.
  ///
  /// - Throws: 400 when it is none, 401 when the resource does not own it or it cannot send.
  func sender(_ members: JSONObject, _ call: ServiceCall) throws(Problem) -> SMSSender {
    guard let text = members["from"]?.stringValue, let sender = SMSSender(text) else {
      throw .badRequest("From: must be a phone number, a short code or an alphanumeric id.")
    }
    let isOwned =
      switch sender {
      case .number(let number): numbers.canSend(from: number, call)
      case .shortCode(let code): senders.contains(code)
      case .alphanumeric(let id): senders.contains(id)
      }
    guard isOwned else {
      throw Problem(
        401,
        "Unauthorized",
        "The resource does not own a sender '\(text)' that can send SMS messages."
      )
    }
    return sender
  }

  /// What a recipient answers to a sender, as the carrier would pass it on.
  ///
  /// - Returns: Whether the recipient is opted out now.
  /// - Throws: 404 when no resource owns the number.
  func receive(_ message: String, from recipient: String, to number: String, at now: Timestamp)
    throws(Problem) -> Bool
  {
    guard let resource = numbers.owner(of: number, at: now) else {
      throw .notFound("No resource owns the number '\(number)'.")
    }
    let word = message.filter { !$0.isWhitespace }.uppercased()
    return states[resource].change { state in
      if word == "STOP" { state.setOptOut(true, recipient, of: number) }
      if word == "START" || word == "UNSTOP" { state.setOptOut(false, recipient, of: number) }
      return state.isOptedOut(recipient, of: number)
    }
  }

  /// Sets what becomes of messages to a recipient from now on.
  func order(_ outcome: DeliveryOutcome, to recipient: String) {
    outcomes.change { $0[recipient] = outcome }
  }

  /// Notes a message whose sender wants to know what became of it.
  func report(_ message: String, from: JSON, to: String, tag: JSON?, _ call: ServiceCall) {
    let report = DeliveryReport(
      message: message,
      from: from.stringValue ?? "",
      to: to,
      tag: tag?.stringValue,
      outcome: outcomes.read { $0[to] } ?? .delivered,
      progress: OperationProgress(begun: call.now)
    )
    reports[call.resource].change { $0.add(report) }
  }

  /// The recipients of a request.
  ///
  /// - Throws: 400 unless there are 1 to 100 with a text `to` each.
  static func recipients(_ member: String, in members: JSONObject) throws(Problem) -> [JSON] {
    guard let items = members[member]?.arrayValue, (1...100).contains(items.count),
      items.allSatisfy({ $0["to"]?.stringValue != nil })
    else { throw .badRequest("\(member): must be a list of 1 to 100 objects with 'to'.") }
    return items
  }

  /// The body, whose mistakes have this service's code.
  static func body(of call: ServiceCall) throws(Problem) -> JSONObject {
    do throws(Problem) { return try call.body() } catch { throw .badRequest(error.message) }
  }

  static let badNumber = "Invalid To phone number format."
}
