/// Everybody with whom the processes of one simulation talk.
struct SimulatedServices: Sendable {
  let service: SimulatedService
  let feed: SimulatedFeed?
  let subscribers: SimulatedSubscribers?
  let issuer: SimulatedIssuer?

  init(_ world: World) {
    let (scenario, clock) = (world.scenario, world.clock)
    // Troubles are drawn by the service, which is made last because it knows the issuer.
    let trouble = { @Sendable [weak world] in world?.service.trouble() }
    issuer = scenario.tokenLife.map { life in
      SimulatedIssuer(
        life: life,
        clock: clock,
        ledger: world.ledger,
        lives: { [weak world] number in
          world?.processes.contains { $0.number == number } ?? false
        },
        trouble: trouble
      )
    }
    feed = scenario.feed.map { SimulatedFeed($0, clock: clock, trouble: trouble) }
    subscribers =
      scenario.features.contains(.webhook) ? SimulatedSubscribers(trouble: trouble) : nil
    service = SimulatedService(
      scenario.network,
      dice: Dice(world.seed, .network),
      clock: clock,
      ledger: world.ledger,
      trace: world.trace,
      issuer: issuer,
      report: { [weak world] url in world?.callBack(url) }
    )
  }

  /// Whether something is still to come of triggers that act by themselves.
  var expectMore: Bool {
    !(feed?.isDrained ?? true) || (subscribers?.addresses.count ?? 0) > 1
  }

  var unfinished: String {
    "the feed is \(feed?.isDrained ?? true ? "" : "not ")drained; "
      + "\(subscribers?.addresses.count ?? 0) are subscribed"
  }

  var counterparts: [any Counterpart] {
    let all: [(any Counterpart)?] = [feed, subscribers, issuer]
    return all.compactMap(\.self)
  }
}
