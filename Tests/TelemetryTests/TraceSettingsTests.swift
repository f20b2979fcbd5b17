import Diagnostics
import HTTPMessages
import Telemetry
import Testing

struct TraceSettingsTests {
  @Test(
    arguments: [
      (["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318"], "http://c:4318/v1/traces"),
      (["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c/otlp/"], "https://c/otlp/v1/traces"),
      (
        [
          "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://t:1/x",
        ], "http://t:1/x"
      ),
    ]
  )
  func `the endpoint is the general one with a path, or the one for traces as it is`(
    _ environment: [String: String],
    _ expected: String
  ) throws {
    let settings = try TraceSettings(environment)
    #expect(settings?.endpoint == expected)
    #expect(settings?.serviceName == "weir")
    #expect(settings?.timeout == .seconds(10))
  }

  @Test func `headers, name and timeout are read`() throws {
    let settings = try #require(
      try TraceSettings([
        "OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318",
        "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20abc, x-y = 1,broken,=,evil=a%0Ab",
        "OTEL_SERVICE_NAME": "flows", "OTEL_EXPORTER_OTLP_TIMEOUT": "1500",
      ])
    )
    #expect(settings.headers["Authorization"] == "Bearer abc")
    #expect(settings.headers["x-y"] == "1")
    #expect(settings.headers.fields.count == 2)
    #expect(settings.serviceName == "flows")
    #expect(settings.timeout == .milliseconds(1500))
  }

  @Test(
    arguments: [
      [:], ["OTEL_EXPORTER_OTLP_ENDPOINT": ""],
      ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_SDK_DISABLED": "true"],
      ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_TRACES_EXPORTER": "none"],
    ] as [[String: String]]
  )
  func `without an endpoint, or switched off, there are no traces`(_ environment: [String: String])
    throws
  {
    #expect(try TraceSettings(environment) == nil)
  }

  @Test(
    arguments: [
      ["OTEL_EXPORTER_OTLP_ENDPOINT": "c:4318"], ["OTEL_EXPORTER_OTLP_ENDPOINT": "grpc://c"],
      ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://c", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"],
    ] as [[String: String]]
  )
  func `what cannot be used is named`(_ environment: [String: String]) {
    let problem = #expect(throws: Diagnostic.self) { try TraceSettings(environment) }
    #expect(problem?.code == .unusableTraceSettings)
    #expect(problem?.message.contains("OTEL_EXPORTER_OTLP_") == true)
  }
}
