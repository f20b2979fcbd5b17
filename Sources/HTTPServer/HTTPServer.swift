package import Diagnostics
package import HTTPMessages
internal import Synchronization

/// An HTTP/1.1 server on one address, and on a socket in the file system if wanted.
///
/// One thread polls all connections of a socket; each request is handled in a task of its own.
/// Targets and headers reach the handler as they came over the wire. A handler returns `.dropped`
/// to close the connection without a response. Fields of the response that frame the message, such
/// as Content-Length, are the server's own. Requests that break HTTP or the limits never reach the
/// handler: they get a status and `{"error": {"code", "message"}}`, or, when nothing in them could
/// be read, what the library makes of them.
///
/// Source: RFC 9112.
package final class HTTPServer: Sendable {
  package typealias Handler = @Sendable (HTTPRequest, Peer) async -> HTTPResponse
  package typealias Responder = @Sendable (HTTPRequest, Peer) async -> HTTPAnswer

  /// Where it listens, with the real port when port 0 was asked for.
  package let address: ListenAddress

  private let core: ServerCore
  private let doors: Mutex<[Door]>
  private let watch: Task<Void, Never>

  /// Starts to listen and to serve.
  ///
  /// - Throws: `L0001` when the address is taken, `L0002` and `L0003` when it cannot be used,
  ///   `L0004` when the system has no room for the server, `L0005` and `L0006` for its socket in
  ///   the file system.
  package convenience init(
    on wanted: ListenAddress,
    settings: ServerSettings = ServerSettings(),
    handler: @escaping Handler
  ) throws(Diagnostic) {
    try self.init(on: wanted, settings: settings, answering: { HTTPAnswer(await handler($0, $1)) })
  }

  /// Starts to listen and to serve, with responses whose bodies may come in pieces.
  ///
  /// - Throws: As the other initialiser.
  package init(
    on wanted: ListenAddress,
    settings: ServerSettings = ServerSettings(),
    answering responder: @escaping Responder
  ) throws(Diagnostic) {
    let core = ServerCore(settings, responder: responder)
    let socket = try ListeningSocket(wanted)
    address = socket.address
    let door = try Door(socket, core, certificate: settings.certificate)
    var doors = [door]
    if let path = settings.socketPath {
      do throws(Diagnostic) {
        doors.append(try Door(LocalSocket(path), core))
      } catch {
        door.stop()
        throw error
      }
    }
    self.core = core
    self.doors = Mutex(doors)
    watch = Task.detached {
      while !Task.isCancelled {
        try? await Task.sleep(for: core.limits.watchInterval)
        core.checkVisitors()
      }
    }
  }

  deinit { halt(takeDoors()) }

  /// How many connections are open.
  package var connectionCount: Int { core.visitors.count }

  /// Stops: accepts nothing more, ends streams, lets requests at work finish, then closes every
  /// connection.
  ///
  /// - Parameter patience: How long requests may take to finish; then they are dropped and their
  ///   tasks cancelled.
  package func stop(within patience: Duration = .seconds(10)) async {
    let doors = takeDoors()
    guard !doors.isEmpty else { return }
    for door in doors { door.close() }
    core.drain()
    let deadline = ContinuousClock.now + patience
    while core.requestsAtWork > 0, ContinuousClock.now < deadline, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(2))
    }
    halt(doors)
  }

  private func takeDoors() -> [Door] {
    doors.withLock { doors in
      defer { doors = [] }
      return doors
    }
  }

  /// The library must not stop while connections are suspended.
  private func halt(_ doors: [Door]) {
    watch.cancel()
    guard !doors.isEmpty else { return }
    core.halt()
    for door in doors { door.stop() }
  }
}
