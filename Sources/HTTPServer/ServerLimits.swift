/// Bounds on what clients may ask of a server.
package struct ServerLimits: Hashable, Sendable {
  /// The largest request body, in bytes, by default 16 MiB.
  ///
  /// Larger ones get 413.
  package var bodyBytes = 16 << 20

  /// The memory of a connection for request line and headers, in bytes, by default 64 KiB.
  ///
  /// Requests that do not fit get 414 or 431.
  package var headerBytes = 64 << 10

  /// The most connections at the same time, by default 1000.
  ///
  /// Further ones wait to be accepted.
  package var connections = 1000

  /// How long a connection may be silent, in seconds, by default 75; 0 means forever.
  ///
  /// A handler that is at work does not count as silence.
  package var idleSeconds = 75

  package init() {}
}
