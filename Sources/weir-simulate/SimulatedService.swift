import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Simulation
import Synchronization
import Timekeeping

/// The services that flows call: they count, remember and fail.
final class SimulatedService: Sendable {
  /// What becomes of one request.
  struct Fate: Sendable {
    /// Until it arrives, and then until its answer is back.
    var there: Duration
    var back: Duration
    var isLostThere = false
    var isLostBack = false
    /// Whether nobody notices the loss before the timeout.
    var isSilent = false
  }

  private struct State {
    /// When requests of the connection arrived, in time that passes.
    var arrivals: [Timestamp] = []
    var keys: [String: (key: String?, date: String?)] = [:]
    var sends: [String: Int] = [:]
    var jobs = 0
    var isCalm = false
    /// What arrived last.
    var latest: ServiceRequest?
  }

  let dice: Dice
  private let network: Scenario.Network
  private let clock: SimulatedClock
  private let ledger: Ledger
  private let trace: Trace
  private let state = Mutex(State())
  /// Calls the runtime back at an address.
  private let report: @Sendable (_ url: String) -> Void
  /// Who issues the tokens that some requests need.
  private let issuer: SimulatedIssuer?
  let content = SimulatedContent()

  init(
    _ network: Scenario.Network,
    dice: Dice,
    clock: SimulatedClock,
    ledger: Ledger,
    trace: Trace,
    issuer: SimulatedIssuer?,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.network = network
    self.dice = dice
    self.clock = clock
    self.ledger = ledger
    self.trace = trace
    self.issuer = issuer
    self.report = report
  }

  var arrivals: [Timestamp] { state.withLock { $0.arrivals } }

  /// From now on nothing goes wrong.
  func calmDown() { state.withLock { $0.isCalm = true } }

  private var isCalm: Bool { state.withLock { $0.isCalm } }

  // MARK: On the way

  /// Looks at a request that leaves a process, and decides what becomes of it.
  func fate(of request: ServiceRequest) -> Fate {
    check(request)
    return fate()
  }

  /// What becomes of any request.
  func fate() -> Fate {
    var fate = Fate(there: dice.time(.milliseconds(40)), back: dice.time(.milliseconds(200)))
    guard !isCalm else { return fate }
    if dice.chance(network.delays) {
      fate.there = dice.time(.milliseconds(700))
      fate.back = dice.time(dice.pick([.seconds(10), .seconds(150)]))
    }
    if dice.chance(network.loss) {
      if dice.chance(0.5) { fate.isLostThere = true } else { fate.isLostBack = true }
      fate.isSilent = dice.chance(0.3)
    }
    return fate
  }

  /// Takes what arrived last as sent again, if it is of this action.
  func repeatLatest(of address: ActionAddress) {
    if let latest = state.withLock({ $0.latest }), latest.address == address { check(latest) }
  }

  private func check(_ request: ServiceRequest) {
    let count = state.withLock { state in
      state.sends[request.step, default: 0] += 1
      return state.sends[request.step] ?? 0
    }
    trace.note("sent \(request.step) \(request.request.method) \(request.request.url)")
    guard request.purpose != .unsubscribe else { return }
    if ledger.hasResult(request.address, of: request.run) {
      ledger.report(
        Violation(
          .sentAgain,
          "\(request.step) was sent for the \(count). time after its result was committed"
        )
      )
    }
    if request.purpose == .call, request.isConnector { checkKey(request) }
  }

  private func checkKey(_ request: ServiceRequest) {
    let headers = request.request.headers
    let key = headers[ServiceConnector.keyHeader]
    let date = headers[ServiceConnector.dateHeader]
    let known = state.withLock { state -> (key: String?, date: String?)? in
      if let known = state.keys[request.step] { return known }
      state.keys[request.step] = (key, date)
      return nil
    }
    if request.request.method == "POST", key == nil {
      ledger.report(Violation(.changedKey, "\(request.step) was sent without a key"))
    }
    guard let known, known.key != key || known.date != date else { return }
    ledger.report(
      Violation(
        .changedKey,
        """
        \(request.step) was sent with the key \(key ?? "none") of \(date ?? "no date"), and before \
        with \(known.key ?? "none") of \(known.date ?? "no date")
        """
      )
    )
  }

  // MARK: Answers

  /// What the service does with a request that arrived.
  func answer(_ request: ServiceRequest) -> HTTPResponse {
    if request.isLimited { state.withLock { $0.arrivals.append(clock.elapsed) } }
    state.withLock { $0.latest = request }
    let response = response(to: request)
    trace.note("arrived \(request.step): \(response.status)")
    return response
  }

  private func response(to request: ServiceRequest) -> HTTPResponse {
    if request.isSigned, issuer?.accepts(request.request) == false {
      return HTTPResponse(status: 401)
    }
    if let trouble = trouble() { return trouble }
    if SimulatedContent.serves(request.request.path) { return content.answer(request.request) }
    switch request.purpose {
    case .subscribe:
      let body = try? JSON(parsing: request.request.body)
      if let url = body?["url"]?.stringValue { report(url) }
      return HTTPResponse(status: 202)
    case .unsubscribe: return HTTPResponse(status: 200)
    case .call where !isCalm && dice.chance(network.acceptances): return accepted(request)
    case .call, .piece, .poll: return Self.result(request)
    }
  }

  /// Writes into the trace what another service was asked.
  func note(_ text: String) { trace.note(text) }

  /// What any service may answer instead of doing what it is asked for.
  func trouble() -> HTTPResponse? { isCalm ? nil : problem() }

  private func problem() -> HTTPResponse? {
    if dice.chance(network.pauses) {
      let pause = dice.pick(["1", "3", "20"])
      return HTTPResponse(status: dice.pick([429, 503]), headers: ["Retry-After": pause])
    }
    guard dice.chance(network.errors) else { return nil }
    return HTTPResponse(status: dice.pick([400, 404, 408, 500, 502, 504]))
  }

  private func accepted(_ request: ServiceRequest) -> HTTPResponse {
    let job = state.withLock { state in
      state.jobs += 1
      return state.jobs
    }
    let host = request.request.authority
    return HTTPResponse(
      status: 202,
      headers: ["Location": "https://\(host)/jobs/\(job)", "Retry-After": "2"]
    )
  }

  private static func result(_ request: ServiceRequest) -> HTTPResponse {
    var body: JSONObject = ["id": 7, "text": "done"]
    if request.request.path.hasPrefix("/secure") { body["token"] = .string(Secrets.answer) }
    return HTTPResponse(
      status: 200,
      headers: ["Content-Type": "application/json"],
      body: JSON.object(body).bytes
    )
  }
}
