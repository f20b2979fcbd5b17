import HTTPMessages
import OrderedJSON
import Simulation
import Synchronization
import Timekeeping

/// A token endpoint, which counts who asks while somebody else does.
final class SimulatedIssuer: Counterpart {
  static let host = "login.service.example"

  private struct State {
    var issued = 0
    var times: [Timestamp] = []
    var ends: [String: Timestamp] = [:]
    /// Processes whose requests are under way.
    var asking: [Int] = []
  }

  private let life: Int
  private let clock: SimulatedClock
  private let ledger: Ledger
  private let trouble: @Sendable () -> HTTPResponse?
  /// Whether a process still lives.
  private let lives: @Sendable (Int) -> Bool
  private let state = Mutex(State())

  init(
    life: Int,
    clock: SimulatedClock,
    ledger: Ledger,
    lives: @escaping @Sendable (Int) -> Bool,
    trouble: @escaping @Sendable () -> HTTPResponse?
  ) {
    self.life = life
    self.clock = clock
    self.ledger = ledger
    self.lives = lives
    self.trouble = trouble
  }

  var name: String { Self.host }

  /// When tokens were issued, in time that passes.
  var times: [Timestamp] { state.withLock { $0.times } }

  /// Whether a request carries a token that is still good.
  func accepts(_ request: HTTPRequest) -> Bool {
    let text = request.headers["Authorization"] ?? ""
    let now = clock.elapsed
    return state.withLock { state in state.ends[text].map { now < $0 } ?? false }
  }

  func leaves(from process: Int) {
    let others = state.withLock { state in
      defer { state.asking.append(process) }
      return state.asking
    }
    guard others.contains(where: lives) else { return }
    ledger.report(
      Violation(.renewedTwice, "process \(process) asks for a token while \(others) do")
    )
  }

  func isDone(from process: Int) {
    state.withLock { state in
      if let place = state.asking.firstIndex(of: process) { state.asking.remove(at: place) }
    }
  }

  func answer(_ request: HTTPRequest) -> HTTPResponse {
    if let problem = trouble() { return problem }
    let now = clock.elapsed
    let token = state.withLock { state in
      state.issued += 1
      let token = "\(Secrets.answer)-\(state.issued)"
      state.times.append(now)
      state.ends["Bearer \(token)"] = now + .seconds(life)
      return token
    }
    let body: JSON = [
      "access_token": .string(token), "expires_in": .integer(Int64(life)), "token_type": "Bearer",
    ]
    return HTTPResponse(
      status: 200,
      headers: ["Content-Type": "application/json"],
      body: body.bytes
    )
  }
}
