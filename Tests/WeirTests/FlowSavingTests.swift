import Foundation
import OrderedJSON
import Testing

/// Flows that are changed through the REST API of the built program.
struct FlowSavingTests {
  private static let flow: JSON = [
    "definition": [
      "triggers": ["t": ["type": "Request", "kind": "Http"]],
      "actions": ["Say": ["type": "Compose", "inputs": "hi"]],
    ]
  ]

  @Test func `a flow that is put is served at once, and one that is deleted no more`() async throws
  {
    let place = try Workplace()
    let file = place.project.appending(path: "flows/new.json")
    let server = try await FlowServer(in: place)
    let made = try await server.send("PUT", "/api/workflows/new", Self.flow)
    #expect(made.status == 201, "\(made.content)")
    #expect(try JSON(parsing: Array(Data(contentsOf: file))) == Self.flow)
    let run = try await server.send("POST", "/api/workflows/new/triggers/t/run")
    #expect(run.status == 202 && run.content["properties"]?["status"] != nil)
    let broken: JSON = ["definition": ["actions": ["Say": ["type": "Nothing"]]]]
    let refused = try await server.send("PUT", "/api/workflows/new", broken)
    #expect(refused.status == 422 && refused.content["error"]?["details"] != nil)
    #expect(try JSON(parsing: Array(Data(contentsOf: file))) == Self.flow)
    let removed = try await server.send("DELETE", "/api/workflows/new")
    let gone = try await server.send("GET", "/api/workflows/new")
    #expect(removed.status == 204 && gone.status == 404)
    let runs = try await server.send("GET", "/api/workflows/new/runs")
    #expect(runs.content["value"]?.arrayValue?.count == 1)
    let again = try await server.send("PUT", "/api/workflows/new", Self.flow)
    #expect(again.status == 201 && again.content["properties"]?["state"] == "Enabled")
    try FileManager.default.removeItem(at: file)
    #expect(!FileManager.default.fileExists(atPath: file.path))
    #expect(try await server.stop().exitCode == 0)
  }
}
