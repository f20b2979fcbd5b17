import HTTPMessages
import OrderedJSON
import Timekeeping

@testable import AzureSandbox

/// Domains, mails and numbers that tests begin with.
extension TestBench {
  static let mailVersion = "?api-version=2023-03-31"
  static let numberVersion = "?api-version=2025-04-01"
  static let tollFree =
    #"{"phoneNumberType":"tollFree","assignmentType":"application","#
    + #""capabilities":{"calling":"outbound","sms":"inbound+outbound"}}"#

  /// Makes a domain, and links it to the default resource.
  @discardableResult
  func addDomain(
    _ name: String,
    _ management: EmailDomain.Management = .customer,
    isVerified: Bool = true,
    isLinked: Bool = true
  ) -> ResourcePath {
    let path = ResourcePath(
      subscription: sandbox.tenant.subscriptionID,
      group: "sandbox",
      provider: "Microsoft.Communication",
      ("emailServices", "mail"),
      ("domains", name)
    )
    var domain = EmailDomain(
      path,
      management,
      in: .unitedStates,
      senderDomain: name,
      frame: ResourceFrame(by: "tests", at: clock.now())
    )
    if isVerified {
      for kind in DomainVerification.Kind.allCases { domain.verifications[kind] = .verified }
    }
    sandbox.resources.content.change { content in
      content.domains[path] = domain
      if isLinked { content.services[0].linkedDomains.append(path) }
    }
    return path
  }

  /// Sees to it that no mail of the first sender goes to an address any more.
  func suppress(_ address: String, by path: ResourcePath) {
    var list = SuppressionList(
      listName: "DoNotReply",
      created: clock.now(),
      updated: clock.now()
    )
    list.addresses["a"] = SuppressionList.Address(
      email: address,
      firstName: nil,
      lastName: nil,
      notes: nil,
      modified: clock.now()
    )
    sandbox.resources.content.change { $0.domains[path]?.lists["l"] = list }
  }

  /// A mail with changes on top: `nil` in them takes a member out.
  static func mail(
    from sender: String = "donotreply@example.org",
    _ changes: [String: JSON?] = [:]
  ) -> String {
    var mail: JSONObject = [
      "senderAddress": .string(sender), "content": ["subject": "Order", "plainText": "Sent."],
      "recipients": ["to": [["address": "ana@example.net", "displayName": "Ana"]]],
    ]
    for (member, value) in changes { mail[member] = value }
    return JSON.object(mail).text
  }

  func sendMail(_ body: String, headers: HTTPFields = HTTPFields()) async -> Answer {
    await send("POST", "/emails:send" + Self.mailVersion, body, headers: headers)
  }

  /// Asks about an operation until it has ended.
  func mailStatus(_ id: String) async -> Answer {
    clock.advance(.seconds(1))
    _ = await send("GET", "/emails/operations/\(id)" + Self.mailVersion)
    return await send("GET", "/emails/operations/\(id)" + Self.mailVersion)
  }

  // MARK: Numbers

  /// Begins a search; the answer names it.
  func search(_ body: String = TestBench.tollFree, in country: String = "US") async -> Answer {
    await send(
      "POST",
      "/availablePhoneNumbers/countries/\(country)/:search" + Self.numberVersion,
      body
    )
  }

  /// Asks about an operation until it has ended.
  func operation(_ answer: Answer) async -> Answer {
    clock.advance(.seconds(1))
    let target = answer.response.headers["Operation-Location"] ?? ""
    _ = await send("GET", target)
    return await send("GET", target)
  }

  func purchase(_ searchID: String, agrees: Bool? = nil) async -> Answer {
    var body: JSONObject = ["searchId": .string(searchID)]
    body["agreeToNotResell"] = agrees.map(JSON.bool)
    return await send(
      "POST",
      "/availablePhoneNumbers/:purchase" + Self.numberVersion,
      JSON.object(body).text
    )
  }

  /// Buys a number and returns it.
  func buyNumber(_ order: String = TestBench.tollFree, in country: String = "US") async -> String {
    let search = await search(order, in: country)
    _ = await operation(search)
    let found = await send("GET", search.response.headers["Location"] ?? "")
    _ = await operation(await purchase(found.json.text("searchId"), agrees: true))
    return found.json["phoneNumbers"]?[0]?.stringValue ?? ""
  }

  /// A sandbox whose subscription may search and buy as often as it likes.
  static func numbers(_ configure: (inout SandboxConfiguration) -> Void = { _ in }) -> TestBench {
    TestBench {
      $0.phoneNumberLimits = nil
      configure(&$0)
    }
  }
}
