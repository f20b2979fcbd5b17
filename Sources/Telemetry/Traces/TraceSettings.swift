package import Diagnostics
package import HTTPMessages

/// Where traces go, as the variables of OpenTelemetry say it.
///
/// Source: OpenTelemetry protocol exporter specification, section "Configuration options".
package struct TraceSettings: Hashable, Sendable {
  /// The URL that takes spans, `…/v1/traces`.
  package var endpoint: String
  package var headers: HTTPFields
  package var serviceName: String
  /// For one request; by default 10 s.
  package var timeout: Duration
  /// How long spans gather, by default 5 s.
  package var delay = Duration.seconds(5)
  /// The most spans in one request.
  package var batch = 512
  /// The most spans that wait.
  package var capacity = 8192

  /// Reads `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` or `OTEL_EXPORTER_OTLP_ENDPOINT`, and the same for
  /// `HEADERS` and `TIMEOUT` (milliseconds); `OTEL_SERVICE_NAME`; `OTEL_SDK_DISABLED`;
  /// `OTEL_TRACES_EXPORTER=none`.
  ///
  /// - Returns: `nil` when no endpoint is named, or tracing is off.
  /// - Throws: `A0020` for an endpoint that is no URL, and for a protocol but JSON over HTTP.
  package init?(_ environment: [String: String]) throws(Diagnostic) {
    func value(_ name: String) -> String? {
      ["OTEL_EXPORTER_OTLP_TRACES_\(name)", "OTEL_EXPORTER_OTLP_\(name)"].lazy
        .compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    guard environment["OTEL_SDK_DISABLED"]?.lowercased() != "true",
      environment["OTEL_TRACES_EXPORTER"]?.lowercased() != "none"
    else { return nil }
    guard let endpoint = try Self.endpoint(environment) else { return nil }
    if let wanted = value("PROTOCOL"), wanted != "http/json" {
      throw Diagnostic(
        .unusableTraceSettings,
        "traces cannot be sent as OTEL_EXPORTER_OTLP_PROTOCOL says: '\(wanted)'",
        hint: "weir speaks http/json, which collectors of OpenTelemetry take at port 4318"
      )
    }
    self.endpoint = endpoint
    headers = Self.headers(value("HEADERS") ?? "")
    let name = environment["OTEL_SERVICE_NAME"] ?? ""
    serviceName = name.isEmpty ? "weir" : name
    timeout =
      value("TIMEOUT").flatMap { Int64($0) }.map { .milliseconds(max(1, $0)) } ?? .seconds(10)
  }

  private static func endpoint(_ environment: [String: String]) throws(Diagnostic)
    -> String?
  {
    if let exact = environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"], !exact.isEmpty {
      return try checked(exact, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    }
    guard var base = environment["OTEL_EXPORTER_OTLP_ENDPOINT"], !base.isEmpty else { return nil }
    while base.hasSuffix("/") { base.removeLast() }
    return try checked(base + "/v1/traces", "OTEL_EXPORTER_OTLP_ENDPOINT")
  }

  private static func checked(_ url: String, _ name: String) throws(Diagnostic) -> String {
    guard HTTPRequest(method: "POST", url: url) != nil else {
      throw Diagnostic(
        .unusableTraceSettings,
        "\(name) is no http or https URL",
        hint: "write it like http://localhost:4318"
      )
    }
    return url
  }

  /// `name=value,…` with percent-encoded values.
  private static func headers(_ text: String) -> HTTPFields {
    var fields = HTTPFields()
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let name = parts[0].drop { $0 == " " }
      let trimmed = name.prefix { $0 != " " }
      let value = PercentEncoding.decode(parts[1].drop { $0 == " " })
      guard !trimmed.isEmpty, !value.contains(where: \.isNewline) else { continue }
      fields.append(String(trimmed), value)
    }
    return fields
  }
}
