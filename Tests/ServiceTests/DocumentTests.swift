import Fixtures
import HTTPMessages
import OrderedJSON
import Service
import Simulation
import Testing

/// What the documents say.
struct DocumentTests {
  @Test func `a run tells its story`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    let path = "/api/workflows/loops/runs/\(run)"
    let document = await world.send("GET", "\(path)?$expand=properties/actions").json
    #expect(document["id"] == .string(path) && document["name"] == .string(run))
    #expect(document["type"] == "Microsoft.Logic/workflows/runs")
    let properties = try #require(document["properties"])
    #expect(properties["status"] == "Succeeded")
    #expect(properties["outputs"] == ["greeting": ["value": "hello Ada"]])
    #expect(properties["correlation"]?["clientTrackingId"] == .string(run))
    let actions = try #require(properties["actions"]?.objectValue)
    #expect(Array(actions.keys) == ["Greet", "Each", "Inner", "Leaf", "Ping", "Send"])
    #expect(actions["Leaf"]?["repetitionCount"] == 4 && actions["Leaf"]?["inputsLink"] == nil)
    #expect(actions["Each"]?["iterationCount"] == 2)
    let link = try #require(actions["Greet"]?["outputsLink"])
    #expect(link["contentSize"] == 11)
    let uri = try #require(link["uri"]?.stringValue)
    #expect(uri.hasPrefix("http://localhost:7075/api/"))
    let content = await world.send("GET", String(uri.dropFirst("http://localhost:7075".count)))
    #expect(content.json == "hello Ada")
  }

  @Test func `a repetition says which iteration it is of`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    let base = "/api/workflows/loops/runs/\(run)/actions"
    let leaf = await world.send("GET", "\(base)/leaf/repetitions/000001-000000").json
    #expect(
      leaf["properties"]?["repetitionIndexes"] == [
        ["scopeName": "Each", "itemIndex": 1], ["scopeName": "Inner", "itemIndex": 0],
      ]
    )
    let output = await world.send(
      "GET",
      "\(base)/Leaf/repetitions/000001-000001/contents/ActionOutputs"
    )
    #expect(output.json == "b")
    let scopes = await world.send("GET", "\(base)/Inner/scopeRepetitions")
    #expect(
      scopes.names == ["000000-000000", "000000-000001", "000001-000000", "000001-000001"]
    )
    #expect(scopes.values.allSatisfy { $0["properties"]?["status"] == "Succeeded" })
    let none = await world.send("GET", "\(base)/Greet/scopeRepetitions")
    #expect(none.values.isEmpty)
    let wrong = await world.send("GET", "\(base)/Leaf/repetitions/000009-000000")
    #expect(wrong.status == 404 && wrong.errorCode == "WorkflowRunActionNotFound")
  }

  @Test func `the view of the command line is what its contract says`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    for headers: HTTPFields in [[:], ["Accept": "application/vnd.weir+json"]] {
      let target = headers.isEmpty ? "/api/runs/\(run)?view=weir" : "/api/runs/\(run)"
      let document = await world.send("GET", target, headers: headers).json
      #expect(document["id"] == .string(run) && document["flow"] == "loops")
      let actions = document["actions"]?.arrayValue ?? []
      #expect(actions.first?["outputs"] == "hello Ada")
      #expect(actions.last?["attempts"]?[0]?["statusCode"] == 200)
    }
  }

  @Test func `a trigger that is fired by hand receives what is given`() async throws {
    let world = try await ServiceWorld()
    let input: JSON = [
      "headers": ["Content-Language": "en", "x-ms-client-tracking-id": "order-7"],
      "body": ["name": "Grace"],
    ]
    let answer = await world.send("POST", "/api/workflows/loops/triggers/manual/run", input)
    #expect(answer.status == 202)
    let run = try #require(answer.headers["x-ms-workflow-run-id"])
    let location = "http://localhost:7075/api/workflows/loops/runs/\(run)"
    #expect(answer.headers["Location"] == location)
    try await world.desk.end(run)
    let outputs = await world.send("GET", "/api/runs/\(run)/contents/TriggerOutputs").json
    #expect(outputs["headers"]?["Content-Language"] == "en")
    #expect(outputs["body"] == ["name": "Grace"])
    let document = await world.send("GET", "/api/runs/\(run)").json
    #expect(document["properties"]?["correlation"]?["clientTrackingId"] == "order-7")
  }

  @Test func `a signed address starts a run without a token, a wrong one does not`() async throws {
    let world = try await ServiceWorld()
    _ = try await world.token("closed", "admin")
    let remote = ServiceClient(.network(host: "192.0.2.7"), isListenerLoopback: false)
    let path = "/api/workflows/loops/triggers/manual/listCallbackUrl"
    let address = await world.send("POST", path).json
    let url = try #require(address["value"]?.stringValue)
    let target = try #require(HTTPRequest(method: "POST", url: url)?.target)
    let body: JSON = ["name": "Linus"]
    let headers: HTTPFields = ["Content-Type": "application/json"]
    let answer = await world.send("POST", target, body, headers: headers, from: remote)
    #expect(answer.status == 202 && answer.headers["x-ms-workflow-run-id"] != nil)
    #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
    let wrong = await world.send("POST", target + "x", body, headers: headers, from: remote)
    #expect(wrong.status == 401 && wrong.errorCode != nil)
    await world.send("POST", "/api/workflows/loops/regenerateAccessKey")
    let former = await world.send("POST", target, body, headers: headers, from: remote)
    #expect(former.status == 401)
  }

  @Test func `a paused trigger is suspended and does not say when it fires`() async throws {
    let world = try await ServiceWorld()
    let path = "/api/workflows/slow/triggers/daily"
    await world.send("POST", "\(path)/pause")
    let paused = await world.send("GET", path).json["properties"]
    #expect(paused?["state"] == "Suspended" && paused?["nextExecutionTime"] == nil)
    await world.send("POST", "\(path)/resume")
    let resumed = await world.send("GET", path).json["properties"]
    #expect(resumed?["state"] == "Enabled" && resumed?["nextExecutionTime"] != nil)
    #expect(resumed?["recurrence"] == ["frequency": "Day", "interval": 1])
  }

  @Test func `no secret is ever shown`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("secret", body: ["card": "sesame-trigger"])
    let key: JSON = .string(ServiceWorld.connectionString)
    let content: JSON = [
      "connector": "azure-communication-identity", "parameters": ["api_key": key], "test": false,
    ]
    await world.send("PUT", "/api/connections/mine", content)
    let actions = "/api/workflows/secret/runs/\(run)/actions"
    let targets = [
      "/api/workflows/secret", "/api/workflows/secret/versions", "/api/runs", "/api/connections",
      "/api/runs/\(run)?view=weir", "/api/runs/\(run)?$expand=properties/actions",
      "/api/workflows/secret/runs/\(run)?$expand=workflow/properties",
      "/api/runs/\(run)/contents/TriggerOutputs", actions, "\(actions)/Call/contents/ActionInputs",
      "\(actions)/Call/contents/ActionOutputs", "\(actions)/Call/requestHistories",
      "/api/audit", "/api/connections/mine", "/api/gates",
    ]
    for target in targets {
      let answer = await world.send("GET", target)
      #expect(answer.status == 200, "\(target)")
    }
    #expect(!world.everythingShown.contains("sesame"))
    #expect(!world.everythingShown.contains("c2VzYW1l"))
    #expect(!"\(world.log.entries)".contains("sesame"))
    // They were there to be shown.
    #expect(world.transport.requests.contains { $0.path == "/secret" })
  }

  @Test func `a connection belongs to the token that made it`() async throws {
    let world = try await ServiceWorld()
    let tokens = [try await world.token("ada", "author"), try await world.token("bob", "author")]
    let headers = tokens.map { HTTPFields([.init(name: "Authorization", value: "Bearer \($0)")]) }
    let remote = ServiceClient(.network(host: "192.0.2.7"), isListenerLoopback: false)
    let key: JSON = .string(ServiceWorld.connectionString)
    let content: JSON = [
      "connector": "azure-communication-identity", "parameters": ["api_key": key], "test": false,
    ]
    let target = "/api/connections/shop"
    let made = await world.send("PUT", target, content, headers: headers[0], from: remote)
    #expect(made.status == 201 && made.json["properties"]?["owner"] == "ada")
    let again = await world.send("PUT", target, content, headers: headers[0], from: remote)
    #expect(again.status == 200)
    let tested = await world.send("POST", "\(target)/test", headers: headers[1], from: remote)
    #expect(tested.status == 403)
    let removed = await world.send("DELETE", target, headers: headers[1], from: remote)
    #expect(removed.status == 403)
    let own = await world.send("PUT", target, content, headers: headers[1], from: remote)
    #expect(own.status == 201 && own.json["properties"]?["owner"] == "bob")
    let list = await world.send("GET", "/api/connections")
    #expect(list.names.filter { $0 == "shop" }.count == 2)
  }

  @Test func `a run uses the connections of whoever started it`() async throws {
    let world = try await ServiceWorld()
    let token = try await world.token("bob", "author")
    let headers: HTTPFields = ["Authorization": "Bearer \(token)"]
    let remote = ServiceClient(.network(host: "192.0.2.7"), isListenerLoopback: false)
    let key = ServiceWorld.connectionString.replacing("//sim.", with: "//bob.")
    let content: JSON = [
      "connector": "azure-communication-identity", "parameters": ["api_key": .string(key)],
      "test": false,
    ]
    await world.send("PUT", "/api/connections/acs", content, headers: headers, from: remote)
    let run = "/api/workflows/connected/triggers/manual/run"
    let started = await world.send("POST", run, headers: headers, from: remote)
    let id = try #require(started.headers["x-ms-workflow-run-id"])
    try await world.desk.end(id)
    #expect(world.transport.requests.map(\.host) == ["bob.communication.azure.com"])
    let uses = await world.send("GET", "/api/audit").values.filter { $0["action"] == "secret.use" }
    #expect(
      uses.map { [$0["actor"], $0["subject"], $0["detail"]] }
        == [["bob", "connection/acs", .string("run/\(id)")]]
    )
    // Who has none of that name cannot use that of somebody else.
    let other = try await world.run("connected")
    let document = await world.send("GET", "/api/runs/\(other)?view=weir").json
    #expect(document["status"] == "Failed" && world.transport.requests.count == 1)
  }

  @Test func `a definition that is got can be put back unless a secret was masked`() async throws {
    let world = try await ServiceWorld()
    let loops = await world.send("GET", "/api/workflows/loops").json["properties"]
    let definition = try #require(loops?["definition"])
    let back = await world.send("PUT", "/api/workflows/loops", ["definition": definition])
    #expect(back.status == 200 && back.json["properties"]?["version"] == loops?["version"])
    let secret = await world.send("GET", "/api/workflows/secret").json["properties"]
    let masked = try #require(secret?["definition"])
    let refused = await world.send("PUT", "/api/workflows/secret", ["definition": masked])
    #expect(refused.status == 422 && refused.errorCode == "MaskedValue")
  }
}
