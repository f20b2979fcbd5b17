import Engine
import HTTPMessages
import OrderedJSON
import Seams

/// Live progress, as streams of server-sent events.
enum EventRoutes {
  static let routes: [Route] = [
    Route(
      "GET",
      "/api/runs/{run}/events",
      "Runs_Events",
      "Streams the events of a run until it ends; goes on after 'Last-Event-ID'.",
      .role(.reader),
      queries: [
        .init(
          name: "after",
          summary: "Leaves out so many events, as the header 'Last-Event-ID' does",
          schema: ["type": "integer", "minimum": 0]
        )
      ],
      answers: [
        .media("text/event-stream", "Events with their place in the journal as id"),
        .init(status: 204, summary: "The run has ended, and all of its events were seen"),
      ],
      handler: run
    ),
    Route(
      "GET",
      "/api/events",
      "Runs_Changes",
      "Streams runs as they start and end; 'reset' means that the list is to be read anew.",
      .role(.reader),
      answers: [.media("text/event-stream", "Events 'run' with a run, and 'reset'")]
    ) { call throws(Problem) in
      let feed = RunListFeed(
        base: call.base,
        environment: call.parts.environment,
        changes: call.changes
      )
      return ServiceResponse(Self.head, pieces: feed.pieces)
    },
  ]

  /// Proxies must not wait for more before they pass a piece on.
  private static let head = HTTPResponse(
    status: 200,
    headers: ["Content-Type": "text/event-stream", "X-Accel-Buffering": "no"]
  )

  @Sendable private static func run(_ call: Call) async throws(Problem) -> ServiceResponse {
    let record = try await call.run()
    let seen = try seen(call)
    if record.status.isTerminal {
      let rest = try await call.asking { store throws(StoreFailure) in
        try await store.journal(of: record.id, after: seen)
      }
      // What follows the end of a run is the undoing of its subscriptions, which is not told.
      guard rest.contains(where: { $0.kind == "runEnded" }) else { return .noContent }
    }
    let feed = RunEventFeed(
      record.id,
      after: seen,
      worker: call.parts.worker,
      changes: call.changes
    )
    return ServiceResponse(head, pieces: feed.pieces)
  }

  private static func seen(_ call: Call) throws(Problem) -> Int {
    let header = call.request.headers["Last-Event-ID"].flatMap { $0.isEmpty ? nil : $0 }
    guard let text = header ?? call.query["after"] else { return 0 }
    guard let number = Int(text), number >= 0 else {
      throw .badRequest(
        "InvalidQueryParameter",
        "'Last-Event-ID' and 'after' are the number of an event."
      )
    }
    return number
  }
}
