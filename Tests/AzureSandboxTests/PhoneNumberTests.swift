import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct PhoneNumberTests {
  private let bench = TestBench.numbers()

  private static func order(
    _ type: String,
    _ assignment: String,
    calling: String = "outbound",
    sms: String = "none",
    _ more: JSONObject = [:]
  ) -> String {
    var body: JSONObject = [
      "phoneNumberType": .string(type), "assignmentType": .string(assignment),
      "capabilities": ["calling": .string(calling), "sms": .string(sms)],
    ]
    for member in more.members { body[member.key] = member.value }
    return JSON.object(body).text
  }

  private func get(_ target: String) async -> TestBench.Answer {
    await bench.send("GET", target + TestBench.numberVersion)
  }

  // MARK: Searching

  @Test func `a search is accepted, runs, and holds its numbers for 15 minutes`() async {
    let search = await bench.search()
    #expect(search.status == 202)
    let id = search.response.headers["search-id"] ?? ""
    let operation = "search_" + id
    #expect(search.response.headers["operation-id"] == operation)
    #expect(
      search.response.headers["Operation-Location"]
        == "/phoneNumbers/operations/\(operation)?api-version=2025-04-01"
    )
    let location = "/availablePhoneNumbers/searchResults/\(id)?api-version=2025-04-01"
    #expect(search.response.headers["Location"] == location)
    #expect(await bench.send("GET", location).status == 404)
    let running = await get("/phoneNumbers/operations/" + operation)
    #expect(running.json.text("status") == "notStarted")
    #expect(running.response.headers["Retry-After"] == "1")
    bench.clock.advance(.seconds(1))
    let done = await get("/phoneNumbers/operations/" + operation)
    #expect(done.json.text("status") == "succeeded")
    #expect(done.response.headers["Retry-After"] == nil)
    #expect(done.response.headers["Location"] == location)
    let result = await bench.send("GET", location)
    #expect(result.json.text("searchExpiresBy") == "2026-03-02T08:24:10Z")
    #expect(result.json["error"] == "NoError" && result.json["errorCode"] == 0)
    #expect(result.json["phoneNumbers"]?[0]?.stringValue?.hasPrefix("+18") == true)
  }

  @Test(arguments: [
    ("geographic", "person", "outbound", "none", 202),
    ("geographic", "application", "inbound+outbound", "none", 202),
    ("geographic", "application", "inbound", "none", 202),
    ("tollFree", "application", "none", "inbound+outbound", 202),
    ("tollFree", "application", "inbound", "outbound", 202),
    ("tollFree", "person", "outbound", "none", 400),
    ("geographic", "application", "outbound", "outbound", 400),
    ("mobile", "application", "outbound", "none", 400), ("local", "person", "none", "none", 400),
    ("geographic", "user", "outbound", "none", 400), ("geographic", "person", "all", "none", 400),
  ])
  func `types, assignments and capabilities go together as the service says`(
    _ type: String,
    _ assignment: String,
    _ calling: String,
    _ sms: String,
    _ status: Int
  ) async {
    let answer = await bench.search(Self.order(type, assignment, calling: calling, sms: sms))
    #expect(answer.status == status, "\(answer.message)")
  }

  @Test(arguments: [
    ("{}", "phoneNumberType"), ("[]", "JSON object"),
    (#"{"phoneNumberType":"tollFree","assignmentType":"application"}"#, "calling"),
    (order("tollFree", "application", ["quantity": 0]), "quantity"),
    (order("tollFree", "application", ["quantity": "two"]), "quantity"),
    (order("tollFree", "application", ["areaCode": 800]), "areaCode"),
  ])
  func `a search that breaks a rule gets 400`(_ body: String, _ culprit: String) async {
    let answer = await bench.search(body)
    #expect(answer.status == 400 && answer.code == "BadRequest")
    #expect(answer.message.contains(culprit), "\(answer.message)")
  }

  @Test func `a country without numbers is 404`() async {
    #expect(await bench.search(in: "XX").status == 404)
  }

  @Test(arguments: [
    order("tollFree", "application", ["areaCode": "999"]),
    order("tollFree", "application", ["areaCode": "800", "quantity": 101]),
  ])
  func `a search without enough numbers fails as out of stock`(_ body: String) async {
    let done = await bench.operation(await bench.search(body))
    #expect(done.json.text("status") == "failed")
    #expect(done.code == "OutOfStock")
  }

  @Test func `held and owned numbers are nobody else's, and come back`() async {
    let all = Self.order("tollFree", "application", ["areaCode": "800", "quantity": 100])
    let one = Self.order("tollFree", "application", ["areaCode": "800"])
    _ = await bench.search(all)
    #expect(await bench.operation(await bench.search(one)).code == "OutOfStock")
    bench.clock.advance(.seconds(900))
    let number = await bench.buyNumber(one)
    #expect(await bench.operation(await bench.search(all)).code == "OutOfStock")
    _ = await bench.operation(
      await bench.send("DELETE", "/phoneNumbers/\(number)" + TestBench.numberVersion)
    )
    let again = await bench.operation(await bench.search(all))
    #expect(again.json.text("status") == "succeeded")
  }

  @Test func `a subscription searches five times in a week and buys once`() async {
    let bench = TestBench()
    for _ in 1...5 { #expect(await bench.search().status == 202) }
    let refused = await bench.search()
    #expect(refused.status == 429)
    #expect(refused.response.headers["Retry-After"] == String(7 * 86_400))
    #expect(await bench.purchase("x").status == 404)
    #expect(await bench.purchase("x").status == 429)
    bench.clock.advance(.seconds(7 * 86_400))
    #expect(await bench.search().status == 202)
  }

  // MARK: Buying

  @Test func `a bought number belongs to the resource`() async {
    let number = await bench.buyNumber()
    let shown = await get("/phoneNumbers/" + PercentEncoding.encode(number))
    #expect(shown.status == 200)
    #expect(await get("/phoneNumbers/" + number).json == shown.json)
    #expect(
      shown.json == [
        "id": .string(String(number.dropFirst())), "phoneNumber": .string(number),
        "countryCode": "US", "phoneNumberType": "tollFree", "assignmentType": "application",
        "capabilities": ["calling": "outbound", "sms": "inbound+outbound"],
        "purchaseDate": "2026-03-02T08:09:12Z",
        "cost": ["amount": 2.0, "currencyCode": "USD", "billingFrequency": "monthly"],
      ]
    )
    #expect(await get("/phoneNumbers").json["phoneNumbers"] == [shown.json])
  }

  @Test func `a hold that expired fails the purchase`() async {
    let search = await bench.search()
    _ = await bench.operation(search)
    bench.clock.advance(.seconds(900))
    let id = search.response.headers["search-id"] ?? ""
    let result = await get("/availablePhoneNumbers/searchResults/" + id)
    #expect(result.json["error"] == "ReservationExpired")
    let done = await bench.operation(await bench.purchase(id))
    #expect(done.json.text("status") == "failed")
    #expect(done.code == "ReservationExpired")
    #expect(await get("/phoneNumbers").json["phoneNumbers"] == [])
  }

  @Test func `a purchase that began in time ends in time`() async {
    let bench = TestBench.numbers { $0.operationStep = .seconds(600) }
    let search = await bench.search()
    bench.clock.advance(.seconds(899))
    let id = search.response.headers["search-id"] ?? ""
    #expect(await bench.purchase(id).status == 404, "the search still runs")
    let quick = TestBench.numbers { $0.numberHold = .seconds(3) }
    let found = await quick.search()
    _ = await quick.operation(found)
    let purchase = await quick.purchase(found.response.headers["search-id"] ?? "")
    quick.clock.advance(.seconds(10))
    #expect(await quick.operation(purchase).json.text("status") == "succeeded")
  }

  @Test func `numbers are bought once`() async {
    let search = await bench.search()
    _ = await bench.operation(search)
    let id = search.response.headers["search-id"] ?? ""
    _ = await bench.operation(await bench.purchase(id))
    #expect(await bench.operation(await bench.purchase(id)).code == "PurchaseFailed")
  }

  @Test func `some countries demand the agreement not to resell`() async {
    let search = await bench.search(Self.order("geographic", "application"), in: "FR")
    _ = await bench.operation(search)
    let id = search.response.headers["search-id"] ?? ""
    let result = await get("/availablePhoneNumbers/searchResults/" + id)
    #expect(result.json["isAgreementToNotResellRequired"] == true)
    #expect(await bench.purchase(id).status == 400)
    #expect(await bench.purchase(id, agrees: false).status == 400)
    #expect(await bench.purchase(id, agrees: true).status == 202)
  }

  // MARK: Owned numbers

  @Test func `pages of numbers link to each other`() async {
    let order = Self.order("tollFree", "application", ["quantity": 5])
    _ = await bench.buyNumber(order)
    var target = "/phoneNumbers?skip=0&top=2&api-version=2025-04-01"
    var numbers: [String] = []
    var sizes: [Int] = []
    while sizes.count < 9 {
      let page = await bench.send("GET", target)
      let items = page.json["phoneNumbers"]?.arrayValue ?? []
      numbers += items.map { $0.text("phoneNumber") }
      sizes.append(items.count)
      guard let next = page.json["nextLink"]?.stringValue else { break }
      target = HTTPRequest(method: "GET", url: next)?.target ?? next
    }
    #expect(sizes == [2, 2, 1])
    #expect(Set(numbers).count == 5)
  }

  @Test(arguments: ["top=0", "top=x", "skip=-1", "skip=99999999999"])
  func `a page out of range is 400`(_ query: String) async {
    let answer = await bench.send("GET", "/phoneNumbers?\(query)&api-version=2025-04-01")
    #expect(answer.status == 400)
  }

  private func patch(
    _ number: String,
    _ body: String,
    type: String = "application/merge-patch+json"
  )
    async -> TestBench.Answer
  {
    await bench.send(
      "PATCH",
      "/phoneNumbers/\(PercentEncoding.encode(number))/capabilities" + TestBench.numberVersion,
      body,
      headers: ["Content-Type": type]
    )
  }

  @Test func `a change of capabilities keeps what it does not name`() async {
    let number = await bench.buyNumber()
    let answer = await patch(number, #"{"sms":"none"}"#)
    #expect(answer.status == 202)
    let id = answer.response.headers["capabilities-id"] ?? ""
    #expect(answer.response.headers["operation-id"] == "capabilities_" + id)
    let location = "/phoneNumbers/\(PercentEncoding.encode(number))?api-version=2025-04-01"
    #expect(answer.response.headers["Location"] == location)
    #expect(await patch(number, #"{"sms":"inbound"}"#).status == 409)
    #expect(await bench.operation(answer).json.text("resourceLocation") == location)
    let shown = await bench.send("GET", location)
    #expect(shown.json["capabilities"] == ["calling": "outbound", "sms": "none"])
  }

  @Test func `a change is a merge patch of what the number may do`() async {
    let number = await bench.buyNumber(Self.order("geographic", "person"))
    #expect(await patch(number, #"{"sms":"inbound"}"#).status == 400)
    #expect(await patch(number, #"{"calling":"loud"}"#).status == 400)
    #expect(await patch(number, "{}", type: "text/plain").status == 415)
    #expect(await patch("+18005550199", "{}").status == 404)
  }

  @Test func `a released number is gone`() async {
    let number = await bench.buyNumber()
    let target = "/phoneNumbers/\(PercentEncoding.encode(number))" + TestBench.numberVersion
    let answer = await bench.send("DELETE", target)
    #expect(answer.status == 202)
    #expect(answer.response.headers["release-id"] != nil)
    #expect(answer.response.headers["Location"] == nil)
    #expect(await bench.send("GET", target).status == 200)
    #expect(await bench.operation(answer).json.text("status") == "succeeded")
    #expect(await bench.send("GET", target).status == 404)
    #expect(await bench.send("DELETE", target).status == 404)
  }

  // MARK: Operations

  @Test func `an operation that goes on can be cancelled`() async {
    let number = await bench.buyNumber()
    let target = "/phoneNumbers/\(number)" + TestBench.numberVersion
    let release = await bench.send("DELETE", target)
    let operation = release.response.headers["Operation-Location"] ?? ""
    #expect(await bench.send("DELETE", operation).status == 204)
    #expect(await bench.operation(release).json.text("status") == "failed")
    #expect(await bench.send("GET", target).status == 200)
    #expect(await bench.send("DELETE", operation).status == 409)
  }

  @Test(arguments: ["GET", "DELETE"])
  func `an unknown operation is 404`(_ method: String) async {
    let target = "/phoneNumbers/operations/search_x" + TestBench.numberVersion
    #expect(await bench.send(method, target).status == 404)
  }

  // MARK: Catalogue

  @Test func `countries, places, area codes and offerings are listed`() async {
    let root = "/availablePhoneNumbers/countries"
    let countries = await get(root)
    #expect(
      countries.json["countries"]?.arrayValue?.contains([
        "localizedName": "United States", "countryCode": "US",
      ]) == true
    )
    let places = await bench.send(
      "GET",
      root + "/us/localities?administrativeDivision=WA&api-version=2025-04-01"
    )
    #expect(
      places.json["phoneNumberLocalities"]?.arrayValue?.map { $0.text("localizedName") } == [
        "Redmond", "Seattle",
      ]
    )
    #expect(places.json["nextLink"] == .null)
    let codes = await bench.send(
      "GET",
      root
        + "/US/areaCodes?phoneNumberType=geographic&locality=Los%20Angeles&api-version=2025-04-01"
    )
    #expect(codes.json["areaCodes"] == [["areaCode": "213"], ["areaCode": "323"]])
    let free = await bench.send(
      "GET",
      root + "/US/areaCodes?phoneNumberType=tollFree&api-version=2025-04-01"
    )
    #expect(free.json["areaCodes"]?.arrayValue?.count == 7)
    let offerings = await get(root + "/US/offerings")
    #expect(offerings.json["phoneNumberOfferings"]?.arrayValue?.count == 3)
  }

  @Test(arguments: [
    "/US/areaCodes?", "/US/areaCodes?phoneNumberType=geographic&",
    "/US/areaCodes?phoneNumberType=cheap&", "/US/offerings?assignmentType=cat&",
    "/US/localities?maxPageSize=0&",
  ])
  func `a question that the catalogue cannot answer is 400`(_ question: String) async {
    let target = "/availablePhoneNumbers/countries" + question + "api-version=2025-04-01"
    #expect(await bench.send("GET", target).status == 400)
  }

  @Test func `the catalogue has pages`() async {
    var target = "/availablePhoneNumbers/countries?skip=0&maxPageSize=2&api-version=2025-04-01"
    var count = 0
    for _ in 1...5 {
      let page = await bench.send("GET", target)
      count += page.json["countries"]?.arrayValue?.count ?? 0
      guard let next = page.json["nextLink"]?.stringValue else { break }
      target = HTTPRequest(method: "GET", url: next)?.target ?? next
    }
    #expect(count == NumberCountry.all.count)
  }

  @Test func `operators tell the format of any number`() async {
    let target = "/operatorInformation/:search?api-version=2025-06-01"
    let answer = await bench.send("POST", target, #"{"phoneNumbers":["+12065550123"]}"#)
    #expect(
      answer.json["values"]?[0] == [
        "phoneNumber": "+12065550123", "nationalFormat": "2065550123",
        "internationalFormat": "+1 2065550123",
      ]
    )
    let body =
      #"{"phoneNumbers":["+12065550123"],"options":{"includeAdditionalOperatorDetails":true}}"#
    #expect(
      await bench.send("POST", target, body).json["values"]?[0]?["numberType"] == "geographic"
    )
    #expect(await bench.send("POST", target, #"{"phoneNumbers":["x"]}"#).status == 400)
  }
}
