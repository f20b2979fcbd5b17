import OrderedJSON
import Timekeeping

/// What a seed lets happen: which flows, who starts them, and what goes wrong until when.
struct Scenario: Sendable {
  /// A message that asks for runs until somebody has taken it in.
  struct Request: Sendable {
    var flow: String
    var key: String
    var time: Duration
    /// How many copies are sent at once.
    var copies: Int
    var body: JSON
    /// How many runs it is to start.
    var runs: Int
  }

  struct Disk: Equatable, Sendable {
    /// How often a write fails, and how often one fails after it was done.
    var failsBefore = 0.0
    var failsAfter = 0.0
    var failsAccess = 0.0
    /// The same after writes of anything else, and how often a process dies there.
    var failsAfterWrite = 0.0
    var deathsAfterWrite = 0.0
    /// The longest time that a write takes.
    var slowest = Duration.zero
  }

  struct Network: Equatable, Sendable {
    /// How often a request or its answer is lost.
    var loss = 0.0
    /// How often the service answers with an error, or asks for a pause.
    var errors = 0.0
    var pauses = 0.0
    /// How often it takes long.
    var delays = 0.0
    /// How often it accepts a request and wants to be asked again.
    var acceptances = 0.0
  }

  /// When it begins.
  var start = Timestamp(seconds: 1_767_225_600)

  /// What a polled service has to tell.
  struct Feed: Sendable {
    /// When each event happens.
    var events: [Duration]
    /// Whether an answer brings several, and whether it brings a secret.
    var isSplit: Bool
    var isSecret: Bool
  }

  struct Pause: Sendable {
    var time: Duration
    var length: Duration
  }

  struct Step: Sendable {
    var time: Duration
    var by: Duration
  }

  /// The files of flows by name.
  var flows: [(name: String, file: JSON)] = []
  /// A flow with a timer that fires every so many seconds.
  var timer: (flow: String, seconds: Int)?
  var requests: [Request] = []
  var processCount = 1
  /// Whether a process dies while it writes: at which write, and whether after it.
  var deaths: [(write: Int, isAfter: Bool)] = []
  /// When a process is killed, and when one is asked to stop.
  var kills: [Duration] = []
  var stops: [Duration] = []
  var restart = Duration.zero
  var steps: [Step] = []
  var cancellations: [Duration] = []
  var disk = Disk()
  var network = Network()
  /// The limit of the connection; the service counts.
  var limit: (calls: Int, period: Int)?
  /// How ended runs are replayed in bulk, if they are; and whether the process dies meanwhile.
  var replay: (mode: Int, isInterrupted: Bool)?
  var features: Set<Feature> = []

  /// Whether anything goes wrong.
  var hasFaults: Bool {
    let times = kills + stops + cancellations + steps.map(\.time)
    return !times.isEmpty || !deaths.isEmpty || disk != Disk() || network != Network()
  }

  /// Whether there may be no process for a while.
  var hasDeaths: Bool {
    !deaths.isEmpty || !kills.isEmpty || !stops.isEmpty || disk.deathsAfterWrite > 0
  }

  /// Whether triggers poll, subscribe or gather.
  var hasActiveTriggers: Bool { !features.isDisjoint(with: [.polling, .webhook, .batch]) }

  var feed: Feed?
  /// When the service reports to whoever subscribed.
  var reports: [Duration] = []
  /// When somebody pauses the trigger that subscribes, and for how long.
  var pauses: [Pause] = []
  /// How many messages make a batch.
  var batchSize: Int?
  /// For how many seconds a token is good.
  var tokenLife: Int?
  /// When everything works again.
  var end = Duration.seconds(60)
}
