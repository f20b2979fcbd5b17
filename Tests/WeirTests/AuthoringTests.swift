import Foundation
import FoundationXML
import OrderedJSON
import Testing

/// Runs that become tests, pictures and explanations.
@Suite struct AuthoringTests {
  @Test func `a run becomes a test that passes, and so does its export`() async throws {
    let place = try Workplace()
    _ = try await place.weir("run", "start", "onboard-user", "--sandbox")
    for (options, file) in [(["--as-test"], "flows/recorded.test.json"), ([], "run.json")] {
      let words = ["run", "export", "latest", "--file", file] + options
      let exported = try await place.start(words).end()
      #expect(exported.exitCode == 0, "\(exported.errors)")
      let tested = try await place.weir("flow", "test", file, "--output", "json")
      #expect(tested.exitCode == 0, "\(tested.output)\(tested.errors)")
      let text = try String(contentsOf: place.project.appending(path: file), encoding: .utf8)
      // A token begins like that; none of them travels.
      #expect(!text.contains("eyJ"))
    }
  }

  @Test func `a run is drawn in its flow`() async throws {
    let place = try Workplace()
    _ = try await place.weir("run", "start", "onboard-or-roll-back", "--sandbox")
    let outcome = try await place.weir(
      "flow",
      "graph",
      "onboard-or-roll-back",
      "--run",
      "latest",
      "--format",
      "svg"
    )
    #expect(XMLParser(data: Data(outcome.output.utf8)).parse())
    #expect(outcome.output.contains("class=\"container Succeeded\""))
    #expect(outcome.output.contains("class=\"action Skipped\""))
  }

  @Test func `an explanation shows each expression with its value, and no secret`() async throws {
    let place = try Workplace()
    try place.write(Self.flow, to: "flows/explained.json")
    let environment = ["KEY": "hunter2hunter2"]
    _ = try await place.weir("run", "start", "explained", environment: environment)
    let shown = try await place.weir("run", "show", "latest", "--explain", "end")
    #expect(shown.exitCode == 0, "\(shown.errors)")
    for line in [
      "@concat(outputs('Start')?['name'], '!', appsetting('KEY'))", "outputs('Start')",
      #"outputs('Start')?['name']  =  "Zoë""#, "*sanitized*", #"@toUpper('x')  =  "X""#,
    ] {
      #expect(shown.output.contains(line), "\(line) is not in \(shown.output)")
    }
    #expect(!shown.output.contains("hunter2"))
    let unknown = try await place.weir("run", "show", "latest", "--explain", "Ende")
    #expect(unknown.exitCode == 4)
    #expect(unknown.errors.contains("did you mean 'End'?"))
  }

  @Test func `a run that failed ends with the request and with what to try`() async throws {
    let place = try Workplace()
    try place.write(Self.failing, to: "flows/failing.json")
    let outcome = try await place.weir("run", "start", "failing", "--sandbox")
    #expect(outcome.exitCode == 1)
    for text in [
      "What failed: Issue_token", "request  POST http://127.0.0.1", "weir connection test acs",
      "\"scopes\":[\"chat\"]",
      "answer   401", "--explain Issue_token", "--from-failed",
    ] {
      #expect(outcome.output.contains(text), "\(text) is not in \(outcome.output)")
    }
    #expect(!outcome.output.contains("accesskey"))
  }

  @Test func `a project of another product is taken in once`() async throws {
    let place = try Workplace()
    try place.write(["resources": []], to: "x/host.json")
    let flow: JSON = ["definition": ["triggers": [:], "actions": [:]], "kind": "Stateful"]
    try place.write(flow, to: "x/intake/workflow.json")
    let outcome = try await place.weir("flow", "import", "x", "--output", "json")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(try JSON(parsing: outcome.output)["written"] == ["flows/intake.json"])
    let again = try await place.weir("flow", "import", "x")
    #expect(again.exitCode == 3)
  }

  private static let flow: JSON = [
    "definition": [
      "triggers": ["manual": ["type": "Request"]],
      "actions": [
        "Start": ["type": "Compose", "inputs": ["name": "Zoë"]],
        "End": [
          "type": "Compose",
          "inputs": [
            "a": "@concat(outputs('Start')?['name'], '!', appsetting('KEY'))",
            "b": ["@toUpper('x')", "is @{toUpper('y')}"],
          ],
          "runAfter": ["Start": ["Succeeded"]],
        ],
      ],
    ]
  ]

  private static let failing: JSON = [
    "definition": [
      "triggers": ["manual": ["type": "Request"]],
      "actions": [
        "Issue_token": [
          "type": "OpenApiConnection",
          "inputs": [
            "host": ["connectionName": "acs", "operationId": "IssueIdentityAccessToken"],
            "parameters": ["identityId": "nobody", "body/scopes": ["chat"]],
          ],
        ]
      ],
    ]
  ]
}
