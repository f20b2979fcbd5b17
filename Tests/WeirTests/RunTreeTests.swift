import CommandLineArguments
import Definitions
import Engine
import OrderedJSON
import Synchronization
import Testing
import Timekeeping

@testable import weir

/// What a terminal shows of a run in progress.
@Suite struct RunTreeTests {
  private static let start = Timestamp(seconds: 1_767_225_600)

  private static let flow = """
    {"triggers": {"manual": {"type": "Request"}}, "actions": {
      "Before": {"type": "Compose", "inputs": 1},
      "Try": {"type": "Scope", "runAfter": {"Before": ["Succeeded"]}, "actions": {
        "Get": {"type": "Http", "inputs": {"method": "GET", "uri": "https://a.example.com"}},
        "Pause": {"type": "Wait", "inputs": {"interval": {"count": 1, "unit": "Hour"}}}}},
      "Each": {"type": "Foreach", "runAfter": {"Before": ["Succeeded"]}, "foreach": [1, 2, 3],
        "operationOptions": "Sequential", "actions": {
        "Send": {"type": "Http", "inputs": {"method": "GET", "uri": "https://b.example.com"}}}}
    }}
    """

  private func started() throws -> RunState {
    let read = FlowReader.read(name: "f", file: "f", bytes: Array(Self.flow.utf8)).flow
    let flow = try #require(read)
    let plan = try #require(Planner.plan(flow).plan)
    return take(
      .start(
        RunEvent.RunStarted(
          time: Self.start,
          run: "run",
          flow: "f",
          trigger: [:],
          triggerName: "manual",
          triggerType: "Request",
          parameters: [:],
          clientTrackingID: "x",
          isSecret: false
        )
      ),
      RunState(plan: plan)
    )
  }

  private func take(_ input: RunInput, _ state: RunState, after seconds: Int = 0) -> RunState {
    var state = state
    _ = state.decide([input], now: Self.start + .seconds(seconds), seed: 1)
    return state
  }

  private func address(_ name: String, _ state: RunState, _ indices: [Int] = []) throws
    -> ActionAddress
  {
    ActionAddress(action: try #require(state.plan.place(ofAction: name)), indices: indices)
  }

  private func answer(_ status: Int, retryAfter: Duration? = nil) -> AttemptResult {
    AttemptResult(
      number: 1,
      startTime: Self.start,
      endTime: Self.start,
      outcome: .response(
        AttemptResult.Response(statusCode: status, outputs: [:], retryAfter: retryAfter)
      )
    )
  }

  private func lines(_ state: RunState, at seconds: Int, held: Set<String> = [], limit: Int = 50)
    -> [String]
  {
    RunTree(state, now: Self.start + .seconds(seconds), held: held).lines(limit: limit).map(\.text)
  }

  @Test func `steps stand under what contains them, with what they wait for`() throws {
    var state = try started()
    state = take(
      .attemptFinished(try address("Get", state), answer(429, retryAfter: .seconds(30))),
      state
    )
    let lines = lines(state, at: 4, held: ["run/Send[0]"])
    #expect(lines.count == 6, "\(lines)")
    #expect(lines[0] == "✓ Before 0 ms")
    #expect(lines.contains("  … Get attempt 1 failed (429), retry in 26.0 s"))
    #expect(lines.contains("  … Pause waits, 59 min 56 s left"))
    #expect(lines.contains { $0.hasSuffix("Each 0 of 3 done, 4.0 s") })
    #expect(lines.contains { $0.hasSuffix("Send[0] waits for the rate limit, 4.0 s") })
  }

  @Test func `a loop shows what runs and counts the rest`() throws {
    var state = try started()
    state = take(.attemptFinished(try address("Send", state, [0]), answer(200)), state, after: 1)
    let lines = lines(state, at: 1)
    #expect(lines.contains { $0.contains("Each 1 of 3 done") })
    #expect(lines.contains { $0.contains("Send[1]") })
    #expect(!lines.contains { $0.contains("Send[0]") })
  }

  @Test func `what does not fit is counted, finished steps first`() throws {
    let state = try started()
    let lines = lines(state, at: 1, limit: 4)
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("… and "))
    #expect(!lines.contains { $0.contains("Before") })
  }

  @Test(arguments: [("short", 10, "short"), ("a longer line", 8, "a longe…"), ("流流流流", 6, "流流…")])
  func `a line is cut where the terminal ends`(text: String, columns: Int, fitted: String) {
    #expect(TerminalText.fitted(text, to: columns) == fitted)
  }

  @Test func `of a run that a server drives, each step is told once when it has ended`() throws {
    let printed = Printed()
    let context = try printed.context()
    let progress = RunProgress(context)
    var state = try started()
    progress.show(state)
    #expect(printed.lines.isEmpty, "what takes less than a second needs no lines")
    state = take(.attemptFinished(try address("Get", state), answer(200)), state, after: 5)
    progress.show(state)
    progress.show(state)
    #expect(printed.lines.count { $0.contains("Before") } == 1, "\(printed.lines)")
    #expect(printed.lines.count { $0.contains("Get") } == 1, "\(printed.lines)")
  }

  /// Notes that a command prints.
  private final class Printed: Sendable {
    private let notes = Mutex<[String]>([])

    var lines: [String] { notes.withLock { $0 } }

    func context() throws -> Context {
      let parsed = try Commands.table.parse(["run", "list"])
      guard case .run(let arguments) = parsed else { throw UsageError("no command") }
      return Context(
        arguments: arguments,
        environment: [:],
        workingDirectory: "/",
        console: Console(
          writeResult: { _ in },
          writeNote: { note in self.notes.withLock { $0.append(note) } },
          resultIsTerminal: false,
          noteIsTerminal: false
        )
      )
    }
  }
}
