import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

/// One visit to everything there is; the world compares each answer with the description.
struct RouteTourTests {
  @Test func `every route answers as the description says`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    let connector: JSON = "azure-communication-identity"
    let key: JSON = .string(ServiceWorld.connectionString)
    let action = "/api/workflows/loops/runs/\(run)/actions"
    let calls: [(String, String, JSON?)] = [
      ("GET", "/api/workflows", nil),
      ("GET", "/api/workflows/loops", nil),
      ("PUT", "/api/workflows/new", try JSON(parsing: Self.small)),
      ("DELETE", "/api/workflows/new", nil),
      ("POST", "/api/workflows/loops/disable", nil),
      ("POST", "/api/workflows/loops/enable", nil),
      ("POST", "/api/workflows/any/validate", try JSON(parsing: Self.small)),
      ("POST", "/api/workflows/loops/listCallbackUrl", nil),
      ("POST", "/api/workflows/loops/regenerateAccessKey", ["keyType": "Secondary"]),
      ("GET", "/api/workflows/loops/versions", nil),
      ("GET", "/api/workflows/loops/triggers", nil),
      ("GET", "/api/workflows/slow/triggers/daily", nil),
      (
        "POST", "/api/workflows/slow/triggers/daily/backfill",
        ["time": "2025-12-31T00:00:00Z", "from": "2025-12-31T00:00:00Z"]
      ),
      ("POST", "/api/workflows/slow/triggers/daily/run?view=weir", nil),
      ("POST", "/api/workflows/slow/triggers/daily/pause", nil),
      ("POST", "/api/workflows/slow/triggers/daily/resume", nil),
      ("POST", "/api/workflows/loops/triggers/manual/listCallbackUrl", nil),
      ("GET", "/api/workflows/loops/runs", nil),
      ("GET", "/api/workflows/loops/runs/\(run)", nil),
      (
        "GET",
        "/api/workflows/loops/runs/\(run)?$expand=properties/actions,workflow/properties",
        nil
      ),
      ("GET", "/api/workflows/loops/runs/\(run)/contents/TriggerOutputs", nil),
      ("GET", "/api/runs/\(run)/contents/TriggerOutputs", nil),
      ("GET", "/api/runs", nil),
      ("GET", "/api/runs?view=weir", nil),
      ("GET", "/api/runs/\(run)", nil),
      ("GET", "/api/runs/\(run)?view=weir", nil),
      ("GET", "/api/runs/\(run)/events", nil),
      ("GET", "/api/events", nil),
      ("GET", action, nil),
      ("GET", "\(action)/Send", nil),
      ("GET", "\(action)/Send/contents/ActionInputs", nil),
      ("GET", "\(action)/Send/requestHistories", nil),
      ("GET", "\(action)/Send/requestHistories/000001", nil),
      ("GET", "\(action)/Leaf/repetitions", nil),
      ("GET", "\(action)/Leaf/repetitions/000001-000000", nil),
      ("GET", "\(action)/Leaf/repetitions/000001-000000/contents/ActionOutputs", nil),
      ("GET", "\(action)/Ping/repetitions/000001/requestHistories", nil),
      ("GET", "\(action)/Ping/repetitions/000001/requestHistories/000001", nil),
      ("GET", "\(action)/Each/scopeRepetitions", nil),
      ("GET", "\(action)/Inner/scopeRepetitions/000001-000001", nil),
      ("POST", "/api/workflows/loops/runs/\(run)/resubmit", [:]),
      ("POST", "/api/runs/\(run)/resubmit", nil),
      ("POST", "/api/runs/\(run)/resubmit", ["bulk": "some"]),
      ("POST", "/api/runs/\(run)/resubmit", ["fromFailed": true, "connections": ["acs": "acs"]]),
      ("GET", "/api/connections", nil),
      ("GET", "/api/connections/acs", nil),
      (
        "PUT",
        "/api/connections/mine",
        ["connector": connector, "parameters": ["api_key": key], "test": false]
      ),
      (
        "PUT",
        "/api/connections/mine",
        [
          "connector": connector, "parameters": ["api_key": key], "test": false, "shared": false,
          "status": "error", "limits": ["calls": 7, "renewalPeriod": 60],
        ]
      ),
      ("POST", "/api/connections/mine/test", nil),
      ("DELETE", "/api/connections/mine", nil),
      ("GET", "/api/gates", nil),
      ("GET", "/api/me", nil),
      ("GET", "/api/tokens", nil),
      ("POST", "/api/tokens", ["name": "ci", "role": "reader", "expires": "2099-01-01T00:00:00Z"]),
      ("DELETE", "/api/tokens/ci", nil),
      ("GET", "/api/audit", nil),
      ("GET", "/api/diagnostics", nil),
      ("GET", "/api/openapi.json", nil),
      ("GET", "/healthz", nil),
      ("GET", "/readyz", nil),
      ("GET", "/metrics", nil),
      ("GET", "/", nil),
      ("GET", "/weir.css", nil),
      ("GET", "/weir.js", nil),
      ("GET", "/weir.svg", nil),
    ]
    for (method, target, content) in calls {
      let answer = await world.send(method, target, content)
      #expect(answer.status < 300, "\(method) \(target): \(answer.status) \(answer.text)")
    }
    try await visitTheRest(world, run)
    let all = Set(world.description.operations.map(\.id))
    #expect(all.subtracting(world.visitedOperations).isEmpty)
  }

  /// What needs names that only answers tell.
  private func visitTheRest(_ world: ServiceWorld, _ run: String) async throws {
    let versions = await world.send("GET", "/api/workflows/loops/versions")
    let version = try #require(versions.names.first)
    await world.send("GET", "/api/workflows/loops/versions/\(version)")
    let histories = "/api/workflows/loops/triggers/manual/histories"
    let history = try #require(await world.send("GET", histories).names.first)
    await world.send("GET", "\(histories)/\(history)")
    await world.send("POST", "\(histories)/\(history)/resubmit")
    for target in ["/api/workflows/slow/runs", "/api/runs"] {
      let slow = try await world.run("slow")
      await world.send("POST", "\(target)/\(slow)/cancel")
      try await world.desk.end(slow)
      await world.send("DELETE", "\(target)/\(slow)")
    }
  }

  private static let small = """
    {"definition": {"triggers": {"manual": {"type": "Request", "inputs": {}}},
      "actions": {"Say": {"type": "Compose", "inputs": "hi", "runAfter": {}}}}}
    """

  @Test func `what is described is what is served, and nothing else`() async throws {
    let world = try await ServiceWorld()
    for operation in world.description.operations {
      let path = operation.pattern.replacing(#/\{[^}]*\}/#, with: "x")
      let answer = await world.send("OPTIONS", path)
      let allowed = answer.headers["Allow"]?.split(separator: ", ").map(String.init) ?? []
      #expect(answer.status == 204 && allowed.contains(operation.method), "\(path) \(allowed)")
      for method in allowed where method != "OPTIONS" && method != "HEAD" {
        #expect(
          world.description.operations.contains {
            $0.pattern == operation.pattern && $0.method == method
          },
          "\(method) \(operation.pattern)"
        )
      }
    }
  }

  @Test func `every schema is used, and every reference leads somewhere`() async throws {
    let document = try await ServiceWorld().description.document
    let text = document.text
    for name in document["components"]?["schemas"]?.objectValue?.keys.map(\.self) ?? [] {
      #expect(text.contains(##""#/components/schemas/\##(name)""##), "\(name)")
    }
    for match in text.matches(of: #/"#\/components\/(\w+)\/(\w+)"/#) {
      let target = document["components"]?[String(match.1)]?[String(match.2)]
      #expect(target != nil, "\(match.0)")
    }
  }
}
