import HTTPMessages
import OrderedJSON
import Testing

@testable import AzureSandbox

struct CommunicationServiceTests {
  private let bench = ManagementBench()

  @Test(arguments: ["2023-03-31", "2023-04-01", "2025-05-01", "2025-09-01", "2026-03-18"])
  func `every version makes, shows, changes and deletes a service`(_ version: String) async {
    let body = ManagementBench.body(["dataLocation": "United States"])
    let path = bench.service
    #expect(await bench.send("PUT", path, body, version: version).status == 201)
    bench.settle()
    let shown = await bench.send("GET", path, version: version)
    #expect(shown.status == 200 && (shown.json["identity"] != nil) == (version > "2023-03-31"))
    let tags: JSON = ["tags": ["stage": "dev"]]
    #expect(await bench.send("PATCH", path, tags, version: version).status == 200)
    #expect(await bench.send("DELETE", path, version: version).status == 202)
    bench.settle()
    #expect(await bench.send("GET", path, version: version).status == 404)
    #expect(await bench.send("DELETE", path, version: version).status == 204)
  }

  @Test func `a new service is being created until its operation has succeeded`() async {
    let body = ManagementBench.body(["dataLocation": "UnitedStates"])
    let answer = await bench.send("PUT", bench.service, body)
    #expect(answer.status == 201)
    #expect(answer.json["properties"]?.text("provisioningState") == "Creating")
    #expect(
      answer.json["properties"]?.text("hostName")
        == "contoso.unitedstates.communication.azure.com"
    )
    let url = answer.response.headers["Azure-AsyncOperation"] ?? ""
    let poll = String(url.dropFirst("http://\(TestBench.host)".count))
    let first = await bench.send("GET", poll)
    #expect(first.json.text("status") == "InProgress")
    #expect(first.response.headers["Retry-After"] == "1")
    let conflict = await bench.send("PATCH", bench.service, ["tags": [:]])
    #expect(conflict.status == 409 && conflict.code == "Conflict")
    bench.settle()
    let last = await bench.send("GET", poll)
    #expect(last.json.text("status") == "Succeeded" && last.json["percentComplete"] == 100)
    #expect(last.response.headers["Retry-After"] == nil)
    let shown = await bench.send("GET", bench.service)
    #expect(shown.json["properties"]?.text("provisioningState") == "Succeeded")
  }

  @Test func `steps without length end operations before the first poll`() async {
    let bench = ManagementBench { $0.operationStep = .zero }
    let answer = await bench.createService()
    #expect(answer.json["properties"]?.text("provisioningState") == "Succeeded")
    let url = answer.response.headers["Azure-AsyncOperation"] ?? ""
    let poll = await bench.send("GET", String(url.dropFirst("http://\(TestBench.host)".count)))
    #expect(poll.json.text("status") == "Succeeded")
  }

  @Test func `an operation nobody began is not found`() async {
    let path = "/providers/Microsoft.Communication/locations/westus2/operationStatuses/"
    let answer = await bench.send("GET", path + "0a1b2c3d-1111-4222-8333-aabbccddeeff")
    #expect(answer.status == 404 && answer.code == "OperationNotFound")
    #expect(answer.response.headers["x-ms-error-code"] == "OperationNotFound")
  }

  @Test(
    arguments: [
      (#"{"properties":{"dataLocation":"UK"}}"#, "LocationRequired"),
      (#"{"location":"westeurope","properties":{"dataLocation":"UK"}}"#, "LocationNotAvailable"),
      (#"{"location":"global"}"#, "InvalidRequestContent"),
      (#"{"location":"global","properties":{"dataLocation":"Moon"}}"#, "InvalidRequestContent"),
      (#"{"location":"global","properties":[]}"#, "InvalidRequestContent"),
      (#"{"location":"global","properties":{"dataLocation":7}}"#, "InvalidRequestContent"),
      (#"{"location":"global","tags":{"a":1},"properties":{"dataLocation":"UK"}}"#, "InvalidReq"),
      (
        #"{"location":"global","identity":{},"properties":{"dataLocation":"UK"}}"#, "InvalidReq"
      ),
      ("[]", "InvalidRequestContent"), ("{", "InvalidRequestContent"),
    ]
  )
  func `a body that breaks the rules is refused and makes nothing`(
    _ body: String,
    _ code: String
  ) async throws {
    var request = bench.bench.request("PUT", bench.service + "?api-version=2025-09-01", body)
    request.headers["Authorization"] = "Bearer \(await bench.managementToken())"
    let answer = TestBench.Answer(await bench.bench.sandbox.handle(request))
    #expect(answer.status == 400 && answer.code.hasPrefix(code), "\(answer.message)")
    #expect(await bench.send("GET", bench.service).status == 404)
  }

  @Test(arguments: ["contoso.mail", "%C3%A9t%C3%A9", String(repeating: "a", count: 64), "a%20b"])
  func `a name must keep to the pattern`(_ name: String) async {
    let body = ManagementBench.body(["dataLocation": "UK"])
    let path = bench.provider + "/communicationServices/" + name
    #expect(await bench.send("PUT", path, body).code == "InvalidResourceName")
  }

  @Test func `data stays where a service was made, whatever the spelling`() async {
    await bench.createService("United States")
    let same = ManagementBench.body(["dataLocation": "unitedstates"])
    #expect(await bench.send("PUT", bench.service, same).status == 200)
    let other = ManagementBench.body(["dataLocation": "Europe"])
    let answer = await bench.send("PUT", bench.service, other)
    #expect(answer.status == 400 && answer.code == "PropertyChangeNotAllowed")
  }

  @Test func `a name is taken in every group, and its availability says so`() async {
    await bench.createService()
    let elsewhere = bench.service.replacing("flows-dev", with: "other")
    let body = ManagementBench.body(["dataLocation": "UK"])
    #expect(await bench.send("PUT", elsewhere, body).code == "NameNotAvailable")
    let check =
      bench.group.replacing("/resourceGroups/flows-dev", with: "")
      + "/providers/Microsoft.Communication/checkNameAvailability"
    func available(_ name: String) async -> JSON {
      await bench.send(
        "POST",
        check,
        ["type": "Microsoft.Communication/CommunicationServices", "name": .string(name)]
      ).json
    }
    #expect(await available("Contoso").text("reason") == "AlreadyExists")
    #expect(await available("a b").text("reason") == "Invalid")
    #expect(await available("fabrikam") == ["nameAvailable": true])
  }

  @Test func `keys of a service made here work on the data plane, and regenerated ones do not`()
    async throws
  {
    await bench.createService()
    let path = ResourcePath(bench.service)
    let old = try #require(bench.bench.sandbox.resources.resource(path))
    let target = "/identities" + TestBench.version
    #expect(await bench.bench.send("POST", target, as: old).status == 201)
    let listed = await bench.send("POST", bench.service + "/listKeys").json
    #expect(listed.text("primaryKey") == Base64.encode(old.keys.primary))
    #expect(
      listed.text("secondaryConnectionString")
        == "endpoint=http://\(TestBench.host)/;accesskey=\(Base64.encode(old.keys.secondary))"
    )
    let regenerated = await bench.send(
      "POST",
      bench.service + "/regenerateKey",
      ["keyType": "PRIMARY"]
    ).json
    #expect(
      regenerated.objectValue.map { Array($0.keys) } == ["primaryKey", "primaryConnectionString"]
    )
    #expect(await bench.bench.send("POST", target, as: old).status == 401)
    #expect(await bench.bench.send("POST", target, keyIndex: 1, as: old).status == 201)
    let wrong = await bench.send("POST", bench.service + "/regenerateKey", ["keyType": "both"])
    #expect(wrong.status == 400)
  }

  @Test func `under the service's own address connection strings name the service's own host`()
    async
  {
    await bench.createService()
    let keys = await bench.send("POST", bench.service + "/listKeys", host: "management.azure.com")
    #expect(
      keys.json.text("primaryConnectionString")
        .hasPrefix("endpoint=https://contoso.unitedstates.communication.azure.com/;accesskey=")
    )
  }

  @Test func `with disableLocalAuth a key opens nothing`() async throws {
    await bench.createService()
    let path = ResourcePath(bench.service)
    let resource = try #require(bench.bench.sandbox.resources.resource(path))
    let body: JSON = ["properties": ["disableLocalAuth": true]]
    let answer = await bench.send("PATCH", bench.service, body)
    #expect(answer.json["properties"]?["disableLocalAuth"] == true)
    #expect(
      await bench.bench.send("POST", "/identities" + TestBench.version, as: resource).status == 401
    )
  }

  @Test func `a deleted service takes its users and keys along`() async throws {
    await bench.createService()
    let path = ResourcePath(bench.service)
    let resource = try #require(bench.bench.sandbox.resources.resource(path))
    let target = "/identities" + TestBench.version
    let body = #"{"createTokenWithScopes":["chat"]}"#
    let user = await bench.bench.send("POST", target, body, as: resource)
    let token = user.json["accessToken"]?.text("token") ?? ""
    #expect(await bench.bench.state(of: token) == "active")
    #expect(await bench.send("DELETE", bench.service).status == 202)
    #expect(await bench.bench.state(of: token) == "foreign")
    #expect(await bench.bench.send("POST", target, as: resource).status == 401)
  }

  @Test func `letter case does not tell paths apart`() async {
    await bench.createService()
    let path = bench.service.replacing("resourceGroups", with: "resourcegroups")
      .replacing("communicationServices/contoso", with: "CommunicationServices/CONTOSO")
    let answer = await bench.send("GET", path)
    #expect(answer.json.text("id") == bench.service)
  }

  @Test func `services are listed by group and by subscription, in pages`() async {
    let body = ManagementBench.body(["dataLocation": "UK"])
    for number in 0..<101 {
      let path = bench.provider + "/communicationServices/many-\(number)"
      #expect(await bench.send("PUT", path, body).status == 201)
    }
    let first = await bench.send("GET", bench.provider + "/communicationServices").json
    #expect(first["value"]?.arrayValue?.count == 100)
    let next = first.text("nextLink").dropFirst("http://\(TestBench.host)".count)
    let second = await bench.send("GET", String(next)).json
    #expect(second["value"]?.arrayValue?.count == 1 && second["nextLink"] == nil)
    let all = bench.provider.replacing("/resourceGroups/flows-dev", with: "")
    let everywhere = await bench.send("GET", all + "/communicationServices").json
    let names = everywhere["value"]?.arrayValue?.map { $0.text("name") } ?? []
    #expect(names.first == "sandbox" && names.count == 100)
    let wrong = bench.provider + "/communicationServices?api-version=2025-09-01&$skipToken=x"
    #expect(await bench.send("GET", wrong).status == 400)
  }

  @Test func `the place in a list may come with an encoded dollar sign`() async {
    await bench.createService()
    for name in ["$skipToken", "%24skipToken"] {
      let path = "\(bench.provider)/communicationServices?\(name)=1&api-version=2025-09-01"
      #expect(await bench.send("GET", path).json["value"] == [])
    }
  }

  @Test func `without public network access nobody gets in but who manages`() async {
    await bench.createService()
    let service = bench.bench.sandbox.resources.services.first { $0.path.name == "contoso" }
    let target = "/identities" + TestBench.version
    let user = await bench.bench.send(
      "POST",
      target,
      #"{"createTokenWithScopes":["chat"]}"#,
      as: service
    )
    let token = user.json["accessToken"]?.text("token") ?? ""
    func access(_ value: JSON) async -> TestBench.Answer {
      await bench.send("PATCH", bench.service, ["properties": ["publicNetworkAccess": value]])
    }
    #expect(await access("Disabled").json["properties"]?["publicNetworkAccess"] == "Disabled")
    let refused = await bench.bench.send("POST", target, as: service)
    #expect(refused.status == 403 && refused.code == "Forbidden")
    #expect(
      refused.response.headers["x-weir-sandbox-reason"]
        == "the resource has publicNetworkAccess Disabled"
    )
    var chat = bench.bench.request("GET", "/chat/threads?api-version=2024-03-07", "")
    chat.headers["Authorization"] = "Bearer \(token)"
    #expect(await bench.bench.sandbox.handle(chat).status == 403)
    #expect(await bench.bench.send("POST", target).status == 201)
    #expect(await bench.send("POST", bench.service + "/listKeys").status == 200)
    #expect(await access("SecuredByPerimeter").status == 200)
    #expect(await bench.bench.send("POST", target, as: service).status == 201)
  }

  @Test(arguments: ["publicNetworkAccess", "disableLocalAuth"], ["x", 1] as [JSON])
  func `a switch takes its own values only`(_ name: String, _ value: JSON) async {
    await bench.createService()
    let body: JSON = ["properties": .object([name: value])]
    let answer = await bench.send("PATCH", bench.service, body)
    #expect(answer.status == 400 && answer.code == "InvalidRequestContent")
    #expect(answer.message.contains("properties.\(name)"))
  }

  @Test func `a notification hub is linked by its id`() async {
    await bench.createService()
    let path = bench.service + "/linkNotificationHub"
    let body: JSON = ["resourceId": "/subscriptions/s/hub", "connectionString": "Endpoint=sb://x/"]
    #expect(await bench.send("POST", path, body).json == ["resourceId": "/subscriptions/s/hub"])
    let shown = await bench.send("GET", bench.service).json
    #expect(shown["properties"]?.text("notificationHubId") == "/subscriptions/s/hub")
    #expect(await bench.send("POST", path, ["resourceId": "x"]).status == 400)
  }

  @Test func `names for SMTP are kept`() async {
    await bench.createService()
    let path = bench.service + "/smtpUsernames/one"
    let body: JSON = [
      "properties": ["username": "u", "entraApplicationId": "a", "tenantId": "t"]
    ]
    #expect(await bench.send("PUT", path, body).status == 201)
    #expect(await bench.send("PUT", path, body).status == 200)
    #expect(await bench.send("GET", path).json["properties"]?.text("username") == "u")
    let list = await bench.send("GET", bench.service + "/smtpUsernames").json
    #expect(list["value"]?.arrayValue?.count == 1)
    #expect(await bench.send("DELETE", path).status == 200)
    #expect(await bench.send("DELETE", path).status == 204)
  }

  @Test(arguments: [
    ("GET", "?api-version=1999-01-01", "InvalidApiVersionParameter"),
    ("GET", "?x=1", "MissingApiVersionParameter"),
  ])
  func `a version is needed and must be known`(
    _ method: String,
    _ query: String,
    _ code: String
  ) async {
    let answer = await bench.send(method, bench.service + query)
    #expect(answer.status == 400 && answer.code == code)
  }
}
