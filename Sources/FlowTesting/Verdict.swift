import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Timekeeping

/// Compares a run with what its case expects.
struct Verdict {
  let testCase: TestCase
  let outcome: TestWorld.Outcome
  let bench: TestBench
  let source: FlowSource

  /// What is wrong: what kept the run from its end first, because the rest follows from it.
  func problems() -> [TestProblem] {
    let unanswered = MissingMocks(bench: bench).problems(outcome.unanswered)
    if !unanswered.isEmpty { return unanswered }
    if let obstacle = outcome.obstacle {
      return [TestProblem(.endlessTest, "run", message: obstacle, at: place(testCase.place))]
    }
    guard let state = outcome.state else { return [] }
    return ofRun(state) + ofActions(state) + ofOrder(state) + ofRequests()
  }

  // MARK: The run

  private func ofRun(_ state: RunState) -> [TestProblem] {
    var facts = JSONObject()
    facts["status"] = .string(state.status.rawValue)
    facts["code"] = state.code.map { .string($0) }
    facts["error"] = state.error
    facts["outputs"] = state.outputs ?? [:]
    facts["response"] = state.response.flatMap { state.instances[$0]?.outputs }
    if let start = state.started?.time, let end = state.endTime {
      facts["duration"] = .double((end - start).seconds)
    }
    return ["status", "code", "error", "outputs", "response", "duration"].flatMap { name in
      testCase.expected[name].map {
        compare(facts[name], Self.pattern($0, name), name, testCase.place.appending(name))
      } ?? []
    }
  }

  /// Durations may be written as text, and are compared as seconds.
  private static func pattern(_ written: JSON, _ name: String) -> JSON {
    guard name == "duration", written.objectValue == nil, let duration = TestDuration.read(written)
    else { return written }
    return .double(duration.seconds)
  }

  // MARK: Actions

  private func ofActions(_ state: RunState) -> [TestProblem] {
    let place = testCase.place.appending("actions")
    return (testCase.expected["actions"]?.objectValue?.members ?? []).flatMap { member in
      of(member.key, member.value, state, place.appending(member.key))
    }
  }

  private func of(_ name: String, _ written: JSON, _ state: RunState, _ place: JSONPointer)
    -> [TestProblem]
  {
    let expected: JSONObject
    // A status alone stands for an object with it.
    if written.stringValue == nil, let object = written.objectValue {
      expected = object
    } else {
      expected = ["status": written]
    }
    let isShort = written.objectValue == nil
    let addresses = state.order.filter { Self.isMeant($0, name, state.plan) }
    if let count = expected["count"] {
      // What a loop without elements skips is no iteration.
      let actual = addresses.count { address in
        address.indices.count == state.plan.actions[address.action].loops.count
      }
      let found = compare(.integer(Int64(actual)), count, "\(name).count", place.appending("count"))
      if !found.isEmpty || addresses.isEmpty { return found }
    }
    guard !addresses.isEmpty else {
      return [
        TestProblem(
          .unmetExpectation,
          name,
          message: "the run never came to the action",
          at: self.place(place)
        )
      ]
    }
    return addresses.flatMap { address -> [TestProblem] in
      let facts = ActionFacts(address, state, outcome.requests)
      return expected.members.filter { $0.key != "count" }.flatMap { member in
        compare(
          facts.value(member.key),
          Self.lengths(member),
          "\(state.plan.spelled(address)).\(member.key)",
          isShort ? place : place.appending(member.key)
        )
      }
    }
  }

  private static func lengths(_ member: JSONObject.Member) -> JSON {
    guard member.key == "waits", let list = member.value.arrayValue else { return member.value }
    return .array(list.map { pattern($0, "duration") })
  }

  /// Whether a name means an instance: that one, or all of its action.
  static func isMeant(_ address: ActionAddress, _ name: String, _ plan: Plan) -> Bool {
    let lowered = name.lowercased()
    return plan.actions[address.action].name.lowercased() == lowered
      || plan.spelled(address).lowercased() == lowered
  }

  // MARK: Order

  private func ofOrder(_ state: RunState) -> [TestProblem] {
    guard let wanted = testCase.expected["order"]?.arrayValue?.compactMap(\.stringValue) else {
      return []
    }
    // Actions that were skipped did not begin.
    let begun = state.order.filter { state.instances[$0]?.status != .skipped }
    let place = testCase.place.appending("order")
    var last: (position: Int, name: String)?
    for (index, name) in wanted.enumerated() {
      let position = begun.firstIndex { Self.isMeant($0, name, state.plan) }
      guard let position, position > last?.position ?? -1 else {
        let message =
          position == nil
          ? "'\(name)' did not begin" : "'\(name)' began before '\(last?.name ?? "")'"
        var problem = TestProblem(
          .unmetExpectation,
          "order",
          message: message,
          at: self.place(place.appending(index))
        )
        problem.expected = .array(wanted.map { .string($0) })
        problem.actual = .array(begun.map { .string(state.plan.spelled($0)) })
        problem.isComparison = true
        return [problem]
      }
      last = (position, name)
    }
    return []
  }

  // MARK: Requests

  private func ofRequests() -> [TestProblem] {
    guard let expected = testCase.expected["requests"] else { return [] }
    let sent = JSON.array(outcome.requests.map(\.json))
    return compare(sent, expected, "requests", testCase.place.appending("requests"))
  }

  // MARK: Comparing

  private func compare(_ actual: JSON?, _ pattern: JSON, _ subject: String, _ place: JSONPointer)
    -> [TestProblem]
  {
    JSONMatch.mismatches(actual, pattern).map { mismatch in
      var problem = TestProblem(
        .unmetExpectation,
        subject + mismatch.path.tokens.map(Self.step).joined(),
        at: self.place(JSONPointer(place.tokens + mismatch.patternPath.tokens))
      )
      problem.expected = mismatch.expected
      problem.actual = mismatch.actual
      problem.isComparison = true
      return problem
    }
  }

  private static func step(_ token: String) -> String {
    Int(token) == nil ? ".\(token)" : "[\(token)]"
  }

  private func place(_ pointer: JSONPointer) -> (SourceLocation, JSONPointer)? {
    // What a recording expects stands nowhere in the test.
    guard source.document.value.value(at: pointer) != nil, !pointer.tokens.isEmpty else {
      return nil
    }
    return (source.location(of: pointer), pointer)
  }
}

extension TestProblem {
  init(
    _ code: DiagnosticCode,
    _ subject: String,
    message: String? = nil,
    at place: (location: SourceLocation, pointer: JSONPointer)?
  ) {
    self.init(
      code: code,
      subject: subject,
      message: message,
      isComparison: false,
      location: place?.location,
      pointer: place?.pointer.description
    )
  }
}
