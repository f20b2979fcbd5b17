internal import Foundation
internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Takes SMS messages in, and answers for each recipient.
///
/// Source: Azure Communication fact sheet, section 4.
final class SMSService: SandboxService {
  let versions = ["2021-03-07", "2025-08-01-preview", "2025-09-17", "2026-01-23"]

  private static let maximumLength = 2048

  private let desk: SMSDesk
  private let captures: CaptureStore
  private let entropy: any Entropy
  private let limits: SMSLimits?
  private let tollFree: ServiceWindow?
  private let shortCode: ServiceWindow?
  private let alphanumeric: ServiceWindow?

  init(_ parts: SandboxParts, _ desk: SMSDesk) {
    self.desk = desk
    captures = parts.captures
    entropy = parts.sources.stream("sms")
    let limits = parts.configuration.smsLimits
    self.limits = limits
    tollFree = limits.map { ServiceWindow("sms-toll-free", calls: $0.tollFree, length: $0.window) }
    shortCode = limits.map {
      ServiceWindow("sms-short-code", calls: $0.shortCode, length: $0.window)
    }
    alphanumeric = limits.map {
      ServiceWindow("sms-alphanumeric", calls: $0.alphanumeric, length: $0.window)
    }
  }

  var operations: [SandboxOperation] { [SandboxOperation("POST", "/sms", send)] }

  private func send(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    // The sender tells which window the call counts in, so the body is read first, judged after.
    let body = Result { () throws(Problem) in try SMSDesk.body(of: call) }
    let named = (try? body.get())?["from"]?.stringValue.flatMap(SMSSender.init)
    try enterWindow(of: named, call)
    let members = try body.get()
    let message = try Self.message(members)
    let recipients = try SMSDesk.recipients("smsRecipients", in: members)
    try Self.checkOptions(members["smsSendOptions"])
    _ = try desk.sender(members, call)
    let results = recipients.map { send(message, to: $0, members, call) }
    return .json(202, ["value": .array(results.map(\.json))])
  }

  private func enterWindow(of sender: SMSSender?, _ call: ServiceCall) throws(Problem) {
    switch sender {
    case .number(let number): try tollFree?.enter(number, at: call.now)
    case .shortCode(let code): try shortCode?.enter(code, at: call.now)
    case .alphanumeric, nil: try alphanumeric?.enter(call)
    }
  }

  // MARK: One recipient

  private func send(
    _ message: String,
    to recipient: JSON,
    _ members: JSONObject,
    _ call: ServiceCall
  ) -> SMSResult {
    let to = recipient["to"]?.stringValue ?? ""
    let from = members["from"]?.stringValue ?? ""
    guard E164.isNumber(to) else { return .refused(to, SMSDesk.badNumber) }
    let key: String?
    do throws(Problem) { key = try Self.key(of: recipient) } catch {
      var result = SMSResult.refused(to, error.message)
      result.isRepeatabilityAccepted = false
      return result
    }
    return desk.states[call.resource].change { state in
      if let key, let earlier = state.result(of: key) { return repeated(earlier, to) }
      guard !state.isOptedOut(to, of: from) else {
        return .refused(to, "The recipient has opted out of messages from this sender.")
      }
      var result = SMSResult(to: to, messageID: messageID(call.now), status: 202)
      result.isRepeatabilityAccepted = key.map { _ in true }
      if let key { state.note(result, under: key) }
      capture(message, result, members, call)
      return result
    }
  }

  /// The first result again; a key does not change hands.
  private func repeated(_ earlier: SMSResult, _ to: String) -> SMSResult {
    guard earlier.to != to else { return earlier }
    var result = SMSResult.refused(to, "The repeatabilityRequestId belongs to another recipient.")
    result.isRepeatabilityAccepted = false
    return result
  }

  /// - Throws: 400 for a malformed key, or one without the time of the first request.
  private static func key(of recipient: JSON) throws(Problem) -> String? {
    let key = recipient["repeatabilityRequestId"].flatMap { $0.isNull ? nil : $0 }
    guard let key else { return nil }
    guard let text = key.stringValue, text.count == 36, UUID(uuidString: text) != nil else {
      throw .badRequest("Invalid repeatabilityRequestId: must be a UUID of 36 characters.")
    }
    guard let sent = recipient["repeatabilityFirstSent"]?.stringValue,
      HTTPDate.timestamp(sent) != nil
    else {
      throw .badRequest("Invalid repeatabilityFirstSent: must be a date of RFC 1123.")
    }
    return text
  }

  private func messageID(_ now: Timestamp) -> String {
    let digits = now.description.prefix(19).filter(\.isNumber)
    return "Outgoing_\(digits)\(entropy.uuid())_noam"
  }

  private func capture(
    _ message: String,
    _ result: SMSResult,
    _ members: JSONObject,
    _ call: ServiceCall
  ) {
    let segments = SMSSegments(of: message)
    var content: JSONObject = [
      "from": members["from"] ?? .null, "to": .string(result.to), "message": .string(message),
      "encoding": .string(segments.encoding.rawValue),
      "segments": .integer(Int64(segments.count)),
    ]
    if let tag = members["smsSendOptions"]?["tag"], !tag.isNull { content["tag"] = tag }
    let id = result.messageID ?? ""
    captures.add(Capture(.sms, id: id, .object(content), by: call))
    guard members["smsSendOptions"]?["enableDeliveryReport"]?.boolValue == true else { return }
    desk.report(id, from: members["from"] ?? .null, to: result.to, tag: content["tag"], call)
  }

  // MARK: Rules

  private static func message(_ members: JSONObject) throws(Problem) -> String {
    guard let message = members["message"]?.stringValue, message.count <= maximumLength else {
      throw .badRequest("Message: must be a text of at most \(maximumLength) characters.")
    }
    return message
  }

  private static func checkOptions(_ options: JSON?) throws(Problem) {
    guard let options, !options.isNull else { return }
    guard options["enableDeliveryReport"]?.boolValue != nil else {
      throw .badRequest("smsSendOptions.enableDeliveryReport: must be true or false.")
    }
    if let tag = options["tag"], !tag.isNull, tag.stringValue == nil {
      throw .badRequest("smsSendOptions.tag: must be a text.")
    }
    guard let timeout = options["deliveryReportTimeoutInSeconds"], !timeout.isNull else { return }
    guard let seconds = timeout.integerValue, (60...43_200).contains(seconds) else {
      throw .badRequest("smsSendOptions.deliveryReportTimeoutInSeconds: must be 60 to 43200.")
    }
  }
}
