package import HTTPMessages
package import OrderedJSON

/// Whether a server is well, as far as several checks tell.
package struct HealthReport: Hashable, Sendable {
  /// One thing that must work.
  package struct Check: Hashable, Sendable {
    package var name: String
    /// Why it does not work, without secrets; `nil` when it does.
    package var problem: String?

    package init(_ name: String, problem: String? = nil) {
      self.name = name
      self.problem = problem
    }
  }

  package var checks: [Check]

  package init(_ checks: [Check] = []) { self.checks = checks }

  package var isFine: Bool { checks.allSatisfy { $0.problem == nil } }

  /// `{"status": "ok" | "failing", "checks": {NAME: {"status", "problem"}}}`.
  package var document: JSON {
    var members = JSONObject()
    for check in checks {
      members[check.name] =
        check.problem.map { ["status": "failing", "problem": .string($0)] } ?? ["status": "ok"]
    }
    return ["status": isFine ? "ok" : "failing", "checks": .object(members)]
  }

  /// The document with 200, or 503 when something does not work.
  package var response: HTTPResponse {
    var headers: HTTPFields = ["Content-Type": "application/json; charset=utf-8"]
    if !isFine { headers.append("Retry-After", "5") }
    return HTTPResponse(status: isFine ? 200 : 503, headers: headers, body: document.bytes)
  }
}
