import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Simulation
import Testing

struct TraceparentTests {
  private func sent(_ flow: String, _ definition: JSON?) throws -> [HTTPRequest] {
    let world = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let flow =
      try definition.map { try SimulatedWorld.flow(flow, $0.bytes) }
      ?? SimulatedWorld.sampleFlow(flow)
    var environment = world.process("a").environment
    environment.traceparent = { state, address in "trace-of-\(state.plan.spelled(address))" }
    let process = SimulatedWorld.Process(environment: environment)
    _ = try world.executor.run { try await process.start(flow).end() }
    return world.transport.requests
  }

  @Test func `requests of connectors tell which step they belong to, and are signed all the same`()
    throws
  {
    let requests = try sent("onboard-user", nil)
    #expect(requests.count == 4)
    for request in requests {
      #expect(request.headers["traceparent"]?.hasPrefix("trace-of-") == true)
      #expect(request.headers["Authorization"] != nil)
    }
    #expect(Set(requests.compactMap { $0.headers["traceparent"] }).count == 4)
  }

  @Test func `so do requests of Http actions, unless the flow sets the field itself`() throws {
    let definition: JSON = [
      "triggers": ["manual": ["type": "Request"]],
      "actions": [
        "Plain": ["type": "Http", "inputs": ["method": "GET", "uri": "https://example.test/"]],
        "Own": [
          "type": "Http", "runAfter": ["Plain": ["Succeeded", "Failed"]],
          "inputs": [
            "method": "GET", "uri": "https://example.test/", "headers": ["TraceParent": "own"],
          ],
        ],
      ],
    ]
    let fields = try sent("http", definition).map { $0.headers["traceparent"] }
    #expect(fields.first == "trace-of-Plain")
    #expect(fields.last == "own")
  }
}
