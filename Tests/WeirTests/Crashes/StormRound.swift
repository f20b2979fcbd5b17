import Engine
import Fixtures

/// What is going on when a process is killed, drawn from a seed.
struct StormRound {
  enum Work: Hashable {
    case start, startDetached, startMany
    case wait(RunID)
    case resubmit, goOnResubmitting
    case server
  }

  /// What each process of the round does; they work on one data folder at the same time.
  let works: [Work]
  /// How long after its first write each is killed.
  let delays: [Duration]

  /// The `unfinished` runs wait for somebody to go on with them.
  init(drawnBy random: inout SeededGenerator, unfinished: [RunID]) {
    let isCrowd = Int.random(in: 0..<4, using: &random) == 0
    var works: [Work] = []
    for _ in 0..<(isCrowd ? 2 : 1) {
      works.append(Self.work(&random, unfinished, hasServer: works.contains(.server)))
    }
    self.works = works
    delays = works.map { work in
      // Most of what is interesting happens soon; some of it late.
      let longest = [2000, 10_000, 40_000, 120_000].randomElement(using: &random) ?? 2000
      return .microseconds(Int.random(in: 0..<longest, using: &random))
    }
  }

  private static func work(
    _ random: inout SeededGenerator,
    _ unfinished: [RunID],
    hasServer: Bool
  ) -> Work {
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: return .start
    case 2: return .startDetached
    case 3, 4: return .startMany
    case 5, 6: return unfinished.randomElement(using: &random).map { .wait($0) } ?? .start
    case 7, 8: return .resubmit
    case 9: return .goOnResubmitting
    default: return hasServer ? .startMany : .server
    }
  }
}

extension StormRound.Work {
  /// The command line.
  var words: [String] {
    switch self {
    case .start: ["run", "start", "onboard-user"]
    case .startDetached: ["run", "start", "half", "--detach", "--output", "json"]
    case .startMany: ["run", "start", "half", "--count", "6", "--concurrency", "3"]
    case .wait(let run): ["run", "wait", run.text]
    case .resubmit:
      ["run", "resubmit", "--flow", "half", "--from-failed", "--yes", "--limit", "4", "--again"]
    case .goOnResubmitting: ["run", "resubmit", "--continue"]
    case .server:
      ["server", "start", "--listen", "127.0.0.1:0", "--insecure-loopback", "--output", "json"]
    }
  }
}
