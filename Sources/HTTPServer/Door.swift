internal import CMicroHTTPD
internal import Diagnostics
internal import Synchronization

/// One listening socket with the thread of the library that serves it.
///
/// `@unchecked Sendable`: the library's handle may be used from any thread.
final class Door: @unchecked Sendable {
  private let handle: OpaquePointer
  private let socket: any ServerSocket
  private let isOpen = Atomic(true)

  /// TLS of the versions that are not deprecated.
  private static let priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

  /// Starts to serve what connects to a socket.
  ///
  /// - Throws: `L0004`.
  init(_ socket: any ServerSocket, _ core: ServerCore, certificate: ServerCertificate? = nil)
    throws(Diagnostic)
  {
    let settings = cmhd_settings(
      connections: UInt32(clamping: core.limits.connections),
      idle_seconds: UInt32(clamping: core.limits.idleSeconds),
      // Twice as much, so that what is just over the limit can be answered in our words.
      connection_memory: 2 * core.limits.headerBytes,
      key: nil,
      certificate: nil,
      priorities: nil
    )
    let handle = Self.start(socket, settings, certificate, Self.callbacks(core))
    guard let handle else {
      socket.remove()
      throw Self.failure(isSecure: certificate != nil)
    }
    self.handle = handle
    self.socket = socket
  }

  /// Accepts nothing more.
  func close() {
    guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
    // The library lets go of the socket; asked again, it would miss it.
    _ = MHD_quiesce_daemon(handle)
    socket.remove()
  }

  /// Closes every connection; none of them may be suspended.
  func stop() {
    close()
    MHD_stop_daemon(handle)
  }

  /// The library copies the texts of the certificate.
  private static func start(
    _ socket: any ServerSocket,
    _ settings: cmhd_settings,
    _ certificate: ServerCertificate?,
    _ callbacks: cmhd_callbacks
  ) -> OpaquePointer? {
    guard let certificate else { return cmhd_start(socket.descriptor, settings, callbacks) }
    return certificate.key.withCString { key in
      certificate.chain.withCString { chain in
        priorities.withCString { priorities in
          var settings = settings
          settings.key = key
          settings.certificate = chain
          settings.priorities = priorities
          return cmhd_start(socket.descriptor, settings, callbacks)
        }
      }
    }
  }

  private static func failure(isSecure: Bool) -> Diagnostic {
    Diagnostic(
      .serverNotStarted,
      "the server could not start",
      hint: "check the limits of this process: descriptors, threads and memory"
        + (isSecure ? "; or the certificate is of a kind that GnuTLS does not serve" : "")
    )
  }

  /// The context is not retained: the daemon stops before the core goes.
  private static func callbacks(_ core: ServerCore) -> cmhd_callbacks {
    cmhd_callbacks(
      handle: { context, connection, _, method, version, data, count, state in
        guard let context, let method, let count, connection != nil, let state = state?.pointee
        else { return .NO }
        let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        let exchange = Unmanaged<Exchange>.fromOpaque(state).takeUnretainedValue()
        return core.step(exchange, method: method, version: version, data: data, count: count)
      },
      request_line: { _, target, connection in
        guard let target, let connection else { return nil }
        let exchange = Exchange(
          target: String(cString: target),
          connection: connection,
          visitor: cmhd_connection_context(connection).map {
            Unmanaged<Visitor>.fromOpaque($0).takeUnretainedValue()
          }
        )
        return Unmanaged.passRetained(exchange).toOpaque()
      },
      completed: { context, _, state, _ in
        guard let context, let state, let opaque = state.pointee else { return }
        state.pointee = nil
        let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeRetainedValue()
        Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue().complete(exchange)
      },
      connection_changed: { context, connection, state, event in
        guard let context, let connection, let state else { return }
        let core = Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
        core.connectionChanged(connection, state, isOpen: event == .CONNECTION_NOTIFY_STARTED)
      },
      context: Unmanaged.passUnretained(core).toOpaque()
    )
  }
}
