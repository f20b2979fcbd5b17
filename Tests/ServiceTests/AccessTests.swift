import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Service
import Simulation
import Testing
import Timekeeping

struct AccessTests {
  private static let loopback = ServiceClient(.network(host: "127.0.0.1"), isListenerLoopback: true)
  private static let remote = ServiceClient(.network(host: "192.0.2.7"), isListenerLoopback: false)

  private static func bearer(_ token: String) -> HTTPFields { ["Authorization": "Bearer \(token)"] }

  @Test func `every route asks for its role, and for no more`() async throws {
    var settings = ServiceSettings()
    settings.requestBurst = 10_000
    let world = try await ServiceWorld(settings: settings)
    let roles = Role.allCases
    var tokens: [Role: String] = [:]
    for role in roles { tokens[role] = try await world.token("t-\(role)", role.rawValue) }
    for operation in world.description.operations where operation.id != "Runs_Changes" {
      let path = operation.pattern.replacing(#/\{[^}]*\}/#, with: "none")
      let nobody = await world.send(operation.method, path, from: Self.remote)
      guard let least = operation.role.flatMap(Role.init) else {
        #expect(nobody.status == 200, "\(operation.id)")
        continue
      }
      #expect(nobody.status == 401, "\(operation.id)")
      for role in roles {
        let answer = await world.send(
          operation.method,
          path,
          headers: Self.bearer(tokens[role] ?? ""),
          from: Self.remote
        )
        #expect((answer.status == 403) == (role < least), "\(operation.id) \(role)")
        #expect(answer.status != 401, "\(operation.id) \(role)")
      }
    }
  }

  @Test func `without tokens this machine is let in, and nobody else`() async throws {
    let world = try await ServiceWorld()
    let clients: [(ServiceClient.Channel, Bool, Int)] = [
      (.network(host: "127.0.0.1"), true, 200), (.network(host: "::1"), true, 200),
      (.network(host: "127.0.0.1"), false, 401), (.network(host: "192.0.2.7"), true, 401),
      (.network(host: "192.0.2.7"), false, 401), (.network(host: ""), true, 401),
      (.socket(user: "root"), false, 200),
    ]
    for (channel, isLoopback, status) in clients {
      let client = ServiceClient(channel, isListenerLoopback: isLoopback)
      let answer = await world.send("GET", "/api/me", from: client)
      #expect(answer.status == status, "\(channel) \(isLoopback)")
    }
  }

  @Test(arguments: [
    (["Host": "localhost:7075"], 200), (["Host": "127.0.0.1:7075"], 200),
    (["Host": "[::1]:7075"], 200), (["Host": "LOCALHOST"], 200),
    (["Host": "evil.example:7075"], 401), (["Host": "127.0.0.1.evil.example"], 401),
    (["Host": "127.0.0.1.evil.example:7075"], 401), (["Host": "localhost.evil.example"], 401),
    (["Host": ""], 401),
    (["Sec-Fetch-Site": "same-origin"], 200), (["Sec-Fetch-Site": "none"], 200),
    (["Sec-Fetch-Site": "cross-site"], 401), (["Sec-Fetch-Site": "same-site"], 401),
    (["Origin": "http://localhost:7075"], 200), (["Origin": "http://evil.example"], 401),
    (["Origin": "http://localhost:8080"], 401), (["Origin": "null"], 401),
    (["X-Forwarded-For": "192.0.2.7"], 401), (["Forwarded": "for=192.0.2.7"], 401),
    (["Via": "1.1 proxy"], 401),
  ])
  func `a page of another site cannot use what this machine may`(
    fields: [String: String],
    status: Int
  ) async throws {
    let world = try await ServiceWorld()
    var headers = HTTPFields()
    for (name, value) in fields { headers[name] = value }
    if fields["Host"] == "" { headers = ["Host": "", "X-Any": "1"] }
    let answer = await world.send(
      "POST",
      "/api/workflows/loops/disable",
      headers: headers,
      from: Self.loopback
    )
    #expect(answer.status == status)
  }

  @Test func `the first token closes the door that was open`() async throws {
    let world = try await ServiceWorld()
    let token = try await world.token("first", "admin")
    let closed = await world.send("GET", "/api/me", from: Self.loopback)
    #expect(closed.status == 401 && closed.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
    let welcome = await world.send("GET", "/api/me", headers: Self.bearer(token), from: Self.remote)
    #expect(welcome.json == ["name": "first", "role": "admin"])
    var settings = ServiceSettings()
    settings.isOpenOnLoopback = true
    settings.systemUser = "ada"
    let open = try await ServiceWorld(settings: settings)
    _ = try await open.token("first", "admin")
    let still = await open.send("GET", "/api/me", from: Self.loopback)
    #expect(still.json == ["name": "ada", "role": "admin"])
    let away = await open.send("GET", "/api/me", from: Self.remote)
    #expect(away.status == 401)
  }

  @Test func `a token is shown once and kept as its hash`() async throws {
    let world = try await ServiceWorld()
    let token = try await world.token("ci", "reader")
    #expect(token.hasPrefix("weir_") && token.utf8.count == 48)
    let list = await world.send("GET", "/api/tokens")
    #expect(list.names == ["ci"] && !list.text.contains(token))
    let kept = try await world.store.accessTokens()
    #expect(kept.map(\.hash) == [world.environment.digests.sha256(Array(token.utf8))])
    let again = await world.send("POST", "/api/tokens", ["name": "ci", "role": "reader"])
    #expect(again.status == 409 && again.errorCode == "TokenExists")
    await world.send("DELETE", "/api/tokens/ci")
    let gone = await world.send("GET", "/api/me", headers: Self.bearer(token), from: Self.remote)
    #expect(gone.status == 401)
  }

  @Test func `a token ends when it was said to`() async throws {
    let world = try await ServiceWorld()
    let end = (world.clock.now() + .seconds(60)).description
    let order: JSON = ["name": "ci", "role": "reader", "expires": .string(end)]
    let made = await world.send("POST", "/api/tokens", order)
    let token = try #require(made.json["token"]?.stringValue)
    func status() async -> Int {
      await world.send("GET", "/api/me", headers: Self.bearer(token), from: Self.remote).status
    }
    #expect(await status() == 200)
    world.clock.advance(by: .seconds(60))
    #expect(await status() == 401)
  }

  @Test(arguments: [
    "", "Bearer", "Bearer ", "Basic YTpi", "bearer nothing", "Bearer weir_", "Bearer weir_x y",
    "weir_x", "Bearer " + String(repeating: "weir_", count: 5_000), "Bearer weir_🙂",
  ])
  func `wrong credentials are refused, also where none are needed`(text: String) async throws {
    let world = try await ServiceWorld()
    let answer = await world.send(
      "GET",
      "/api/me",
      headers: ["Authorization": text],
      from: Self.loopback
    )
    #expect(answer.status == 401 && answer.errorCode == "AuthenticationFailed")
  }

  @Test func `a scheme is compared without regard to case`() async throws {
    let world = try await ServiceWorld()
    let token = try await world.token("ci", "reader")
    let answer = await world.send(
      "GET",
      "/api/me",
      headers: ["Authorization": "bearer \(token)"],
      from: Self.remote
    )
    #expect(answer.status == 200)
  }

  @Test func `who guesses is slowed down, and who knows is not`() async throws {
    let world = try await ServiceWorld()
    let token = try await world.token("ci", "reader")
    var statuses: [Int] = []
    for number in 0..<15 {
      let guess = Self.bearer("weir_guess\(number)")
      let answer = await world.send("GET", "/api/me", headers: guess, from: Self.remote)
      statuses.append(answer.status)
      if answer.status == 429 { #expect(answer.headers["Retry-After"] == "2") }
    }
    #expect(statuses == Array(repeating: 401, count: 10) + Array(repeating: 429, count: 5))
    let right = await world.send("GET", "/api/me", headers: Self.bearer(token), from: Self.remote)
    #expect(right.status == 200)
    let refusals = world.log.entries.filter { $0.event == "service.credential.refused" }
    #expect(refusals.count == 10 && !"\(refusals)".contains("guess"))
    world.clock.advance(by: .seconds(2))
    let later = await world.send(
      "GET",
      "/api/me",
      headers: Self.bearer("weir_x"),
      from: Self.remote
    )
    #expect(later.status == 401)
  }

  @Test func `each token has its own rate`() async throws {
    var settings = ServiceSettings()
    settings.requestBurst = 3
    settings.requestsPerSecond = 0.5
    let world = try await ServiceWorld(settings: settings)
    let tokens = [try await world.token("a", "reader"), try await world.token("b", "reader")]
    var statuses: [Int] = []
    for _ in 0..<4 {
      let answer = await world.send(
        "GET",
        "/api/me",
        headers: Self.bearer(tokens[0]),
        from: Self.remote
      )
      statuses.append(answer.status)
      if answer.status == 429 { #expect(answer.headers["Retry-After"] == "2") }
    }
    #expect(statuses == [200, 200, 200, 429])
    let other = await world.send(
      "GET",
      "/api/me",
      headers: Self.bearer(tokens[1]),
      from: Self.remote
    )
    #expect(other.status == 200)
  }

  @Test func `every change is written down before it is done`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    let token = try await world.token("ops", "admin")
    await world.send(
      "POST",
      "/api/workflows/loops/disable",
      headers: Self.bearer(token),
      from: Self.remote
    )
    await world.send("DELETE", "/api/runs/\(run)")
    await world.send("POST", "/api/workflows/loops/listCallbackUrl")
    await world.send("POST", "/api/connections/acs/test")
    // What fails or changes nothing leaves no entry.
    await world.send("DELETE", "/api/runs/\(run)")
    await world.send("GET", "/api/runs")
    let audit = await world.send("GET", "/api/audit")
    let entries = audit.values.reversed().map { entry in
      ["actor", "action", "subject"].map { entry[$0]?.stringValue ?? "" }.joined(separator: " ")
    }
    #expect(
      entries == [
        "root trigger.run workflow/loops/trigger/manual", "root token.create token/ops",
        "ops workflow.disable workflow/loops", "root run.delete run/\(run)",
        "root secret.use workflow/loops/callback", "root secret.use connection/acs",
      ]
    )
    #expect(!audit.text.contains(token))
    let since = await world.send("GET", "/api/audit?$top=2")
    #expect(since.values.count == 2)
  }
}
