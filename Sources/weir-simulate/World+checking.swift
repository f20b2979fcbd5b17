import Connectors
import Crypto
import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Timekeeping

/// What must hold once everything is at rest.
extension World {
  func check() async {
    await checkRuns()
    checkRequests()
    await checkTimer()
    checkLimit()
    await checkFeatures()
    checkSecrets()
  }

  // MARK: Runs

  private func checkRuns() async {
    for run in ledger.runs {
      let id = run.record.id
      if database.journal(of: id) != run.entries {
        ledger.report(Violation(.lost, "the journal of run \(id) is not what was committed"))
      }
      guard let record = try? await auditor.run(id) else {
        ledger.report(Violation(.lost, "run \(id) is not in the store"))
        continue
      }
      if record.status != run.state.status || !record.status.isTerminal || record.owner != nil {
        ledger.report(
          Violation(
            .unended,
            "run \(id) is listed as \(record.status), and its journal says \(run.state.status)"
          )
        )
      }
    }
  }

  // MARK: Events

  private func checkRequests() {
    let runs = ledger.runs
    for request in scenario.requests {
      let name = MessageName.name(of: ["Idempotency-Key": request.key], .openSSL)
      let count = runs.count { run in
        run.fire?.flow == request.flow && run.fire?.identity.hasPrefix(name ?? "none") == true
      }
      if count != request.runs {
        ledger.report(
          Violation(
            count > request.runs ? .firedTwice : .unstarted,
            "the message '\(request.key)' started \(count) runs and not \(request.runs)"
          )
        )
      }
    }
  }

  /// Every time of the timer fired once, or stands in the history as missed.
  private func checkTimer() async {
    guard let timer = scenario.timer else { return }
    let query = FireQuery(flow: timer.flow)
    guard let fires = try? await auditor.fires(matching: query) else { return }
    var counts: [Timestamp: Int] = [:]
    for fire in fires where fire.run != nil { counts[fire.intended, default: 0] += 1 }
    for (time, count) in counts where count > 1 {
      ledger.report(Violation(.firedTwice, "the timer started \(count) runs for \(time)"))
    }
    let times = fires.map(\.intended)
    guard let first = times.min(), let last = times.max() else {
      // By a clock that was set back, its first time may be ahead of the end.
      if !scenario.steps.contains(where: { $0.by < .zero }) {
        ledger.report(Violation(.unstarted, "the timer never fired"))
      }
      return
    }
    var time = first
    let known = Set(times)
    let spans = fires.filter { $0.code == "Missed" && $0.identity.split(separator: "/").count > 2 }
    while time < last, spans.isEmpty {
      time = time + .seconds(timer.seconds)
      if !known.contains(time) {
        ledger.report(Violation(.unstarted, "the timer neither fired for \(time) nor missed it"))
        return
      }
    }
  }

  // MARK: The limit

  /// Counted where the requests arrive, in time that passes.
  private func checkLimit() {
    guard let limit = scenario.limit else { return }
    let arrivals = service.arrivals.sorted()
    let period = Duration.seconds(limit.period)
    for last in arrivals.indices.dropFirst(limit.calls) {
      let first = arrivals[last - limit.calls]
      guard arrivals[last] - first < period else { continue }
      // Whoever sets a clock forward tells Weir that the time has passed.
      let isStep = forwardSteps.contains { $0 > first - .seconds(2) && $0 <= arrivals[last] }
      guard !isStep else { continue }
      ledger.report(
        Violation(
          .overLimit,
          """
          \(limit.calls + 1) calls arrived within \((arrivals[last] - first).seconds) s, and \
          \(limit.calls) are allowed within \(limit.period) s
          """
        )
      )
      return
    }
  }

  // MARK: Secrets

  private func checkSecrets() {
    database.visit { place, bytes in
      if Secrets.shows(in: bytes) {
        ledger.report(Violation(.secret, "a secret stands in the clear in \(place())"))
      }
    }
    for entry in logged {
      let texts = [entry.event] + entry.fields.flatMap { [$0.name, $0.value] }
      if texts.contains(where: { Secrets.shows(in: $0) }) {
        ledger.report(Violation(.secret, "a secret stands in the log entry '\(entry.event)'"))
      }
    }
    for run in ledger.runs {
      if Secrets.shows(in: RunView.document(run.state)) {
        ledger.report(Violation(.secret, "'run show' of \(run.record.id) shows a secret"))
      }
    }
  }
}
