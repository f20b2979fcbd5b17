internal import HTTPMessages
internal import OrderedJSON

/// A mail as a request describes it, checked.
///
/// Source: Azure Communication fact sheet, section 3.
struct MailMessage {
  static let maximumRecipients = 50
  static let maximumBytes = 10_000_000

  /// The parts of the sender's address.
  let username: String
  let domain: String
  /// The addresses of all recipients.
  let recipients: [String]
  private let body: JSONObject

  /// - Parameters:
  ///   - body: The body of the request.
  ///   - version: The `api-version`; inline images came with 2025-09-01.
  /// - Throws: 400 `BadRequest` that names the rule.
  init(_ body: JSONObject, version: String) throws(Problem) {
    self.body = body
    let sender = try Self.text("senderAddress", in: body)
    guard let parts = Self.parts(of: sender) else {
      throw Self.invalid("senderAddress is no mail address.")
    }
    (username, domain) = parts
    let content = try Self.object("content", in: body)
    _ = try Self.text("content.subject", in: content)
    for member in ["plainText", "html"] { try Self.checkText("content." + member, in: content) }
    recipients = try Self.recipients(try Self.object("recipients", in: body))
    _ = try Self.addresses("replyTo", in: body)
    try MailAttachments.check(body["attachments"], version: version)
    try Self.checkHeaders(body["headers"])
    if let flag = body["userEngagementTrackingDisabled"], !flag.isNull, flag.boolValue == nil {
      throw Self.invalid("userEngagementTrackingDisabled must be true or false.")
    }
  }

  /// What stands behind the `@` of the sender, whatever else is wrong with the body.
  static func domain(of body: JSONObject) -> String? {
    body["senderAddress"]?.stringValue.flatMap(parts)?.domain
  }

  /// What a reader of the sandbox sees: the request, without large attachments.
  var shown: JSON {
    var shown = body
    if let attachments = body["attachments"], !attachments.isNull {
      shown["attachments"] = MailAttachments.shown(attachments)
    }
    return .object(shown)
  }

  // MARK: Rules

  static func invalid(_ message: String) -> Problem {
    Problem(400, "BadRequest", "Request body validation error. " + message)
  }

  private static func recipients(_ lists: JSONObject) throws(Problem) -> [String] {
    let to = try addresses("recipients.to", in: lists)
    guard !to.isEmpty else { throw invalid("recipients.to needs at least one recipient.") }
    let all =
      try to + addresses("recipients.cc", in: lists) + addresses("recipients.bcc", in: lists)
    guard all.count <= maximumRecipients else {
      throw invalid("A mail has at most \(maximumRecipients) recipients, not \(all.count).")
    }
    return all
  }

  /// The addresses of a list, which may be absent.
  private static func addresses(_ path: String, in object: JSONObject) throws(Problem) -> [String] {
    guard let list = object[member(path)], !list.isNull else { return [] }
    guard let items = list.arrayValue else { throw invalid("\(path) must be a list.") }
    var addresses: [String] = []
    for item in items {
      guard let address = item["address"]?.stringValue, parts(of: address) != nil else {
        throw invalid("\(path) has an element without a valid address.")
      }
      if let name = item["displayName"], !name.isNull, name.stringValue == nil {
        throw invalid("\(path) has a displayName that is no text.")
      }
      addresses.append(address)
    }
    return addresses
  }

  private static func checkHeaders(_ headers: JSON?) throws(Problem) {
    guard let headers, !headers.isNull else { return }
    guard let members = headers.objectValue?.members,
      members.allSatisfy({ $0.value.stringValue != nil })
    else { throw invalid("headers must be an object of texts.") }
  }

  private static func object(_ path: String, in object: JSONObject) throws(Problem) -> JSONObject {
    guard let value = object[member(path)]?.objectValue else {
      throw invalid("\(path) is required and must be an object.")
    }
    return value
  }

  private static func text(_ path: String, in object: JSONObject) throws(Problem) -> String {
    guard let text = object[member(path)]?.stringValue, !text.isEmpty else {
      throw invalid("\(path) is required and must be a text.")
    }
    return text
  }

  private static func checkText(_ path: String, in object: JSONObject) throws(Problem) {
    guard let value = object[member(path)], !value.isNull, value.stringValue == nil else { return }
    throw invalid("\(path) must be a text.")
  }

  private static func member(_ path: String) -> String {
    path.split(separator: ".").last.map(String.init) ?? path
  }

  /// What stands before and behind the only `@`; `nil` when this is no address.
  static func parts(of address: String) -> (username: String, domain: String)? {
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      !address.contains(where: { $0.isWhitespace || $0 == "<" || $0 == ">" || $0 == "," })
    else { return nil }
    return (String(parts[0]), parts[1].lowercased())
  }
}
