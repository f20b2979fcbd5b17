import HTTPMessages
import OrderedJSON
import Runtime

/// The service itself: how it is, what it can do, what is wrong with its flows.
enum SystemRoutes {
  static let routes: [Route] = [
    Route(
      "GET",
      "/api/openapi.json",
      "Service_Describe",
      "Describes this API in OpenAPI 3.1.",
      .open,
      answers: [.ok("Any")]
    ) { call throws(Problem) in
      .json(OpenAPIDocument.json(of: RouteTable.routes, version: call.settings.version))
    },
    Route(
      "GET",
      "/api/diagnostics",
      "Diagnostics_List",
      "Lists workflows whose files have problems; their last good version stays in force.",
      .role(.reader),
      answers: [.ok("DiagnosticsList")]
    ) { call throws(Problem) in
      Call.list(
        call.flows.filter { !$0.problems.isEmpty }.map { flow in
          [
            "workflow": .string(flow.name),
            "file": flow.path.map { .string($0) } ?? .null,
            "versionInForce": .string(flow.planHash),
            "diagnostics": .array(flow.problems.map(DiagnosticDocument.json)),
          ]
        }
      )
    },
    Route(
      "GET",
      "/healthz",
      "Service_Health",
      "Tells whether the process works.",
      .open,
      answers: [.ok("Any")]
    ) { call throws(Problem) in ServiceResponse(await call.parts.reports.health()) },
    Route(
      "GET",
      "/readyz",
      "Service_Readiness",
      "Tells whether the server takes requests.",
      .open,
      answers: [.ok("Any"), .init(status: 503, summary: "Not now", schema: "Any")]
    ) { call throws(Problem) in ServiceResponse(await call.parts.reports.readiness()) },
    Route(
      "GET",
      "/metrics",
      "Service_Metrics",
      "Gives figures in the text format of Prometheus.",
      .role(.reader),
      answers: [.media("text/plain", "Figures")]
    ) { call throws(Problem) in ServiceResponse(await call.parts.reports.metrics()) },
  ]
}
