import OrderedJSON
import Testing

/// Flows that tests write themselves, and what commands say of them.
extension Workplace {
  static let request: JSON = ["type": "Request", "kind": "Http"]
  static let compose: JSON = ["A": ["type": "Compose", "inputs": 1]]

  /// Writes a flow with one trigger, `t`, and one action that succeeds, unless others are given.
  func addFlow(_ name: String, trigger: JSON = request, actions: JSON = compose) throws {
    try write(
      ["definition": ["triggers": ["t": trigger], "actions": actions]],
      to: "flows/\(name).json"
    )
  }

  /// What a command prints that succeeds.
  func json(_ words: [String]) async throws -> JSON {
    let outcome = try await start(words + ["--output", "json"]).end()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    return try JSON(parsing: outcome.output)
  }

  func json(_ words: String...) async throws -> JSON { try await json(words) }
}
