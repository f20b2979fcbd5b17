import OrderedJSON

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

  struct Disk: Sendable {
    /// How often a write fails, and how often one fails after it was done.
    var failsBefore = 0.0
    var failsAfter = 0.0
    var failsAccess = 0.0
    /// The longest time that a write takes.
    var slowest = Duration.zero
  }

  struct Network: Sendable {
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
  /// When everything works again.
  var end = Duration.seconds(60)
}
