internal import CMicroHTTPD
package import Diagnostics
internal import Glibc
package import HTTPMessages
internal import Synchronization

/// An HTTP/1.1 server on one address.
///
/// One thread polls all connections; each request is handled in a task of its own. Targets and
/// headers reach the handler as they came over the wire. A handler returns `.dropped` to close the
/// connection without a response. Fields of the response that frame the message, such as
/// Content-Length, are the server's own.
///
/// Source: RFC 9112.
package final class HTTPServer: Sendable {
  package typealias Handler = @Sendable (HTTPRequest, Peer) async -> HTTPResponse

  /// Where it listens, with the real port when port 0 was asked for.
  package let address: ListenAddress

  private let core: ServerCore
  private let daemon: Mutex<Daemon?>

  /// The library's handle; it may be used from any thread.
  private struct Daemon: @unchecked Sendable {
    let handle: OpaquePointer
  }

  /// Starts to listen and to serve.
  ///
  /// - Throws: `L0001` when the address is taken, `L0002` and `L0003` when it cannot be used,
  ///   `L0004` when the system has no room for the server.
  package init(
    on wanted: ListenAddress,
    limits: ServerLimits = ServerLimits(),
    handler: @escaping Handler
  ) throws(Diagnostic) {
    let socket = try ListeningSocket(wanted)
    address = socket.address
    core = ServerCore(limits: limits, handler: handler)
    let handle = cmhd_start(
      socket.descriptor,
      UInt32(clamping: limits.connections),
      UInt32(clamping: limits.idleSeconds),
      limits.headerBytes,
      Self.callbacks(core)
    )
    guard let handle else {
      close(socket.descriptor)
      throw Diagnostic(
        .serverNotStarted,
        "the server on '\(wanted)' could not start",
        hint: "check the limits of this process: descriptors, threads and memory"
      )
    }
    daemon = Mutex(Daemon(handle: handle))
  }

  deinit { halt(takeDaemon()) }

  /// Stops: accepts nothing more, lets requests at work finish, then closes every connection.
  ///
  /// - Parameter patience: How long requests may take to finish; then they are dropped and their
  ///   tasks cancelled.
  package func stop(within patience: Duration = .seconds(10)) async {
    guard let daemon = takeDaemon() else { return }
    core.drain()
    let listener = MHD_quiesce_daemon(daemon.handle)
    if listener >= 0 { close(listener) }
    let deadline = ContinuousClock.now + patience
    while core.requestsAtWork > 0, ContinuousClock.now < deadline, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(2))
    }
    halt(daemon)
  }

  private func takeDaemon() -> Daemon? { daemon.withLock { $0.take() } }

  /// The library must not stop while connections are suspended.
  private func halt(_ daemon: Daemon?) {
    guard let daemon else { return }
    core.halt()
    MHD_stop_daemon(daemon.handle)
  }

  /// The context is not retained: the daemon stops before the core goes.
  private static func callbacks(_ core: ServerCore) -> cmhd_callbacks {
    cmhd_callbacks(
      handle: { context, connection, _, method, _, data, count, state in
        guard let context, let method, let count, connection != nil, let state = state?.pointee
        else { return .NO }
        let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        let exchange = Unmanaged<Exchange>.fromOpaque(state).takeUnretainedValue()
        return core.step(exchange, method: method, data: data, count: count)
      },
      request_line: { _, target, connection in
        guard let target, let connection else { return nil }
        let exchange = Exchange(target: String(cString: target), connection: connection)
        return Unmanaged.passRetained(exchange).toOpaque()
      },
      completed: { context, _, state, _ in
        guard let context, let state, let opaque = state.pointee else { return }
        state.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
        Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().complete(exchange)
      },
      context: Unmanaged.passUnretained(core).toOpaque()
    )
  }
}
