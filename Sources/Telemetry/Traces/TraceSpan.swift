package import OrderedJSON
package import Timekeeping

/// One piece of work in a trace.
///
/// Source: OpenTelemetry protocol 1.x, `opentelemetry.proto.trace.v1.Span` in its JSON form.
package struct TraceSpan: Sendable {
  package enum Kind: Int64, Sendable {
    case `internal` = 1
    case server = 2
    case client = 3
  }

  /// Something that happened at one moment of the span.
  package struct Event: Sendable {
    package var name: String
    package var time: Timestamp
    package var attributes: JSONObject
  }

  package var context: TraceContext
  package var parent: String?
  package var name: String
  package var kind: Kind
  package var start: Timestamp
  package var end: Timestamp
  /// Values are strings, integers, doubles or booleans.
  package var attributes: JSONObject
  package var events: [Event] = []
  /// Why the work failed, in a word; `nil` when it did not.
  package var failure: String?

  package var json: JSON {
    var object = JSONObject()
    object["traceId"] = .string(context.traceID)
    object["spanId"] = .string(context.spanID)
    if let parent { object["parentSpanId"] = .string(parent) }
    object["name"] = .string(name)
    object["kind"] = .integer(kind.rawValue)
    object["startTimeUnixNano"] = Self.nanoseconds(start)
    object["endTimeUnixNano"] = Self.nanoseconds(max(start, end))
    object["attributes"] = Self.attributes(attributes)
    object["events"] = .array(
      events.map { event in
        [
          "timeUnixNano": Self.nanoseconds(event.time),
          "name": .string(event.name),
          "attributes": Self.attributes(event.attributes),
        ]
      }
    )
    object["status"] = failure.map { ["code": 2, "message": .string($0)] } ?? ["code": 1]
    return .object(object)
  }

  static func attributes(_ values: JSONObject) -> JSON {
    .array(values.map { ["key": .string($0.key), "value": typed($0.value)] })
  }

  private static func typed(_ value: JSON) -> JSON {
    switch value {
    case .bool: ["boolValue": value]
    // 64-bit integers are strings in the JSON form of protocol buffers.
    case .integer(let number): ["intValue": .string(String(number))]
    case .double, .decimal: ["doubleValue": value]
    case .string: ["stringValue": value]
    case .null, .array, .object: ["stringValue": .string(value.text)]
    }
  }

  private static func nanoseconds(_ time: Timestamp) -> JSON {
    .string(String(max(0, time.ticks).multipliedReportingOverflow(by: 100).partialValue))
  }
}
