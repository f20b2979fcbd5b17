package import HTTPMessages

/// What the server tells those who watch over it.
package struct ServiceReports: Sendable {
  package typealias Report = @Sendable () async -> HTTPResponse

  /// Whether the process works at all.
  package var health: Report
  /// Whether it takes requests: 200 or 503.
  package var readiness: Report
  /// Figures in the text format of Prometheus.
  package var metrics: Report
  /// Hears of every request that was answered; of a stream, once its head is ready.
  package var served: @Sendable (ServedRequest) -> Void

  package init(
    health: @escaping Report = { Self.fine },
    readiness: @escaping Report = { Self.fine },
    metrics: @escaping Report = { HTTPResponse(status: 200, headers: Self.text) },
    served: @escaping @Sendable (ServedRequest) -> Void = { _ in }
  ) {
    self.served = served
    self.health = health
    self.readiness = readiness
    self.metrics = metrics
  }

  private static let fine = HTTPResponse(
    status: 200,
    headers: ["Content-Type": "application/json; charset=utf-8"],
    body: Array(#"{"status":"ok"}"#.utf8)
  )

  private static let text: HTTPFields = ["Content-Type": "text/plain; version=0.0.4"]
}
