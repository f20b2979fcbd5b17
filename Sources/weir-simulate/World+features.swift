import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// What the features of a scenario do while it is played.
extension World {
  /// Reports an event to whoever is subscribed, until somebody has taken it in.
  func tell(_ number: Int) async {
    try? await clock.pause(for: scenario.reports[number])
    for _ in 1...2000 where !isOver {
      if let url = services.subscribers?.addresses.last, await report(number, to: url) {
        if people.chance(0.2) { _ = await report(number, to: url) }
        return
      }
      try? await clock.pause(for: .seconds(3))
    }
    if !isOver {
      ledger.report(Violation(.unstarted, "nobody takes in the report \(number)"))
    }
  }

  private func report(_ number: Int, to url: String) async -> Bool {
    if breakage == .dropsReport { return true }
    guard let process = anyProcess, var request = HTTPRequest(method: "POST", url: url) else {
      return false
    }
    request.headers["webhook-id"] = "report-\(number)"
    request.headers["Content-Type"] = "application/json"
    request.body = JSON.object(["id": .integer(Int64(number))]).bytes
    let response = await process.receive(request, self)
    trace.note("report \(number) to process \(process.number): \(response?.status ?? 0)")
    return response?.isSuccess ?? false
  }

  /// Pauses the trigger that subscribes, and resumes it a while later.
  func pauseTrigger(_ pause: Scenario.Pause) async {
    try? await clock.pause(for: pause.time)
    await setPaused(true)
    try? await clock.pause(for: pause.length)
    await setPaused(false)
  }

  /// Asks until a process says that it is done.
  private func setPaused(_ isPaused: Bool) async {
    while !isOver {
      if let process = anyProcess, await process.setPaused(isPaused, "hooked", self) {
        return trace.note("process \(process.number) \(isPaused ? "pauses" : "resumes") 'hooked'")
      }
      try? await clock.pause(for: .seconds(1))
    }
  }

  /// Notes what a caller was answered.
  func hear(_ response: HTTPResponse, to message: Scenario.Request) {
    guard response.status == 200, var body = try? JSON(parsing: response.body) else { return }
    if breakage == .changesAnswer { body = ["run": body["run"] ?? .null, "id": 77] }
    answers.withLock { $0.append((message.key, body)) }
  }

  /// Whether there is no use in asking again: the message was taken in, and its answer is late, is
  /// somebody else's or cannot be.
  static func endsAsking(_ response: HTTPResponse) -> Bool {
    [409, 502, 504].contains(response.status)
  }

  /// Whether triggers that act by themselves have something to do yet.
  var expectsMore: Bool {
    get async {
      guard scenario.hasActiveTriggers else { return false }
      if services.expectMore { return true }
      guard let size = scenario.batchSize else { return false }
      let left = try? await auditor.messages(of: "t", of: "gather", limit: 10_000)
      return left.map { $0.count >= size } ?? true
    }
  }
}
