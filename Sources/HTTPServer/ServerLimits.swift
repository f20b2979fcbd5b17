/// Bounds on what clients may ask of a server.
package struct ServerLimits: Hashable, Sendable {
  /// The largest request body, in bytes, by default 16 MiB.
  ///
  /// Larger ones get 413.
  package var bodyBytes = 16 << 20

  /// The most memory for the bodies of all requests that are still arriving, by default 256 MiB.
  ///
  /// What goes beyond gets 503.
  package var arrivingBytes = 256 << 20

  /// The longest request line with headers, in bytes, by default 16 KiB.
  ///
  /// Longer ones get 431. An idle connection keeps twice as much memory.
  package var headerBytes = 16 << 10

  /// The most header fields, by default 128.
  ///
  /// Requests with more get 431.
  package var headerFields = 128

  /// The most connections at the same time, by default 1000, per listening address.
  ///
  /// Further ones wait to be accepted.
  package var connections = 1000

  /// The most connections from one IP address, by default 200; listed proxies have no such limit.
  ///
  /// Further ones get 503.
  package var connectionsPerAddress = 200

  /// How long a connection may be silent, in seconds, by default 75; 0 means forever.
  ///
  /// A handler that is at work does not count as silence.
  package var idleSeconds = 75

  /// How long the request line and all headers may take to arrive, by default 20 s.
  ///
  /// Between requests the time of `idleSeconds` comes on top. Slower clients get 408.
  package var headerTime = Duration.seconds(20)

  /// How long a body may take to arrive besides the time that `bodyRate` gives it, by default 20 s.
  ///
  /// Slower clients get 408.
  package var bodyTime = Duration.seconds(20)

  /// The lowest rate at which a body must arrive, in bytes per second, by default 1024.
  package var bodyRate = 1024

  package init() {}

  /// How long a body of which so many bytes are here may have taken.
  package func bodyTime(for count: Int) -> Duration {
    bodyTime + .seconds(count / max(bodyRate, 1))
  }

  /// How often slow clients are looked for: soon enough for the shortest of the times.
  var watchInterval: Duration {
    max(.milliseconds(5), min(.seconds(1), headerTime / 4, bodyTime / 4))
  }
}
