import Definitions
import Diagnostics
import OrderedJSON
import Timekeeping

/// Reads test files, and says with its place what is wrong with one.
struct TestDecoder {
  let source: FlowSource
  let recording: (String) throws(Diagnostic) -> JSON
  var problems: [Diagnostic] = []

  init(source: FlowSource, recording: @escaping (String) throws(Diagnostic) -> JSON) {
    self.source = source
    self.recording = recording
  }

  static let settings = ["settings", "parameters", "connections", "mocks", "time", "seed"]
  static let fileMembers = ["$schema", "flow", "description", "cases"] + settings
  static let caseMembers = ["name", "description", "trigger", "recording", "expect"] + settings

  mutating func cases() -> [TestCase] {
    let root = JSONPointer()
    guard let file = object(source.document.value, root, Self.fileMembers) else { return [] }
    if file["flow"] != nil, file["flow"]?.stringValue == nil {
      report(.unfittingTestValue, "'flow' is not a text", root.appending("flow"))
    }
    guard let written = file["cases"]?.arrayValue, !written.isEmpty else {
      report(
        .unfittingTestValue,
        "the file has no \"cases\"",
        root.appending("cases"),
        hint: "write {\"cases\": [{\"name\": …, \"mocks\": […], \"expect\": {…}}]}"
      )
      return []
    }
    var shared = TestCase(name: "")
    take(file, root, into: &shared)
    var names: Set<String> = []
    return written.indices.compactMap { index in
      let place = root.appending("cases").appending(index)
      guard let testCase = testCase(written[index], place, shared) else { return nil }
      if !names.insert(testCase.name).inserted {
        report(
          .unfittingTestValue,
          "two cases have the name '\(testCase.name)'",
          place.appending("name"),
          hint: "--filter and reports tell cases apart by their names"
        )
      }
      return testCase
    }
  }

  private mutating func testCase(_ value: JSON, _ place: JSONPointer, _ shared: TestCase)
    -> TestCase?
  {
    guard let object = object(value, place, Self.caseMembers) else { return nil }
    var testCase = shared
    guard let name = object["name"]?.stringValue, !name.isEmpty else {
      report(.unfittingTestValue, "a case has no \"name\"", place, hint: "say what must hold")
      return nil
    }
    testCase.name = name
    if let path = object["recording"] { takeRecording(path, place, into: &testCase) }
    if let trigger = object["trigger"] {
      takeTrigger(trigger, place.appending("trigger"), into: &testCase)
    }
    take(object, place, into: &testCase)
    testCase.place = place.appending("expect")
    if let expected = object["expect"] {
      testCase.expected = expectation(expected, testCase.place)
    } else if object["recording"] == nil {
      report(
        .unfittingTestValue,
        "the case '\(name)' expects nothing",
        place,
        hint: "write \"expect\": {\"status\": \"Succeeded\"}"
      )
    }
    return testCase
  }

  /// What a file gives to all its cases, and a case to itself.
  private mutating func take(_ object: JSONObject, _ place: JSONPointer, into test: inout TestCase)
  {
    for member in members(object["settings"], place.appending("settings")) {
      test.settings[member.key] = member.value.stringValue ?? member.value.text
    }
    for member in members(object["parameters"], place.appending("parameters")) {
      test.parameters[member.key] = member.value
    }
    for member in members(object["connections"], place.appending("connections")) {
      test.connections[member.key] = member.value
    }
    if let written = object["mocks"] {
      // Those of the case come before those of the file.
      test.mocks = mocks(written, place.appending("mocks")) + test.mocks
    }
    if let time = object["time"] {
      if let start = time.stringValue.flatMap(Timestamp.init(iso8601:)) {
        test.start = start
      } else {
        report(
          .unfittingTestValue,
          "'time' is no time",
          place.appending("time"),
          hint: "write \"2026-03-29T01:30:00Z\""
        )
      }
    }
    if let seed = object["seed"] {
      if let number = seed.integerValue, number >= 0 {
        test.seed = UInt64(number)
      } else {
        report(.unfittingTestValue, "'seed' is no whole number", place.appending("seed"))
      }
    }
  }

  private mutating func takeTrigger(_ value: JSON, _ place: JSONPointer, into test: inout TestCase)
  {
    let known = ["name", "body", "headers", "queries", "relativePathParameters", "outputs"]
    guard let object = object(value, place, known) else { return }
    test.trigger = object["name"]?.stringValue
    if let outputs = object["outputs"] {
      test.triggerOutputs = outputs
      return
    }
    var outputs = JSONObject()
    for name in ["headers", "queries", "relativePathParameters", "body"] {
      outputs[name] = object[name]
    }
    test.triggerOutputs = .object(outputs)
  }

  private mutating func takeRecording(_ path: JSON, _ place: JSONPointer, into test: inout TestCase)
  {
    let place = place.appending("recording")
    do throws(Diagnostic) {
      let document = try recording(path.stringValue ?? "")
      guard let run = RecordedRun(document) else {
        report(
          .unreadableExport,
          "'\(path.stringValue ?? path.text)' is no exported run",
          place,
          hint: "'weir run export RUN --file FILE' writes one"
        )
        return
      }
      let recorded = run.testCase()
      test.trigger = recorded.trigger
      test.triggerOutputs = recorded.triggerOutputs
      test.start = recorded.start
      test.mocks = recorded.mocks + test.mocks
      test.expected = recorded.expected
    } catch {
      report(error.code, error.message, place, hint: error.hint)
    }
  }
}
