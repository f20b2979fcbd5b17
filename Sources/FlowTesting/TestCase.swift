package import OrderedJSON
package import Timekeeping

/// One test: what a run is given, what stands in for the world, and what must come of it.
package struct TestCase: Sendable {
  package var name: String
  /// The trigger's name; `nil` means the first one.
  package var trigger: String?
  /// What `triggerOutputs()` returns.
  package var triggerOutputs: JSON
  package var start: Timestamp
  /// What `guid()`, `rand()` and the jitter of retries are drawn from.
  package var seed: UInt64
  package var settings: [String: String]
  package var parameters: JSONObject
  /// Connections in the form of `connections.json`, beside those of the project.
  package var connections: JSONObject
  /// The first that fits a call and has an answer left serves it.
  package var mocks: [Mock]
  package var expected: JSONObject
  /// Where the expectations stand in the test file.
  package var place: JSONPointer

  package init(
    name: String,
    triggerOutputs: JSON = [:],
    mocks: [Mock] = [],
    expected: JSONObject = JSONObject(),
    place: JSONPointer = JSONPointer()
  ) {
    self.name = name
    self.triggerOutputs = triggerOutputs
    start = Self.usualStart
    seed = 1
    settings = [:]
    parameters = JSONObject()
    connections = JSONObject()
    self.mocks = mocks
    self.expected = expected
    self.place = place
  }

  /// 2026-01-01T00:00:00Z.
  package static let usualStart = Timestamp(seconds: 1_767_225_600)
}
