import CCurl

/// Tells libcurl when its sockets are ready and its time has come.
///
/// A turn costs as much as there is to do; libcurl's own wait looks at every transfer each time.
/// Confined to the thread of `CurlLoop`.
///
/// Source: https://curl.se/libcurl/c/curl_multi_socket_action.html
final class CurlSockets {
  private let multi: UnsafeMutableRawPointer?
  private let watch: SocketWatch
  /// When libcurl wants to be asked next, whatever its sockets do.
  private var deadline: ContinuousClock.Instant?

  /// Stays in use until the multi handle is cleaned up.
  init(multi: UnsafeMutableRawPointer?, watch: SocketWatch) {
    self.multi = multi
    self.watch = watch
    let user = Unmanaged.passUnretained(self).toOpaque()
    ccurl_multi_set_socket_callback(multi, changeSocket)
    ccurl_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, user)
    ccurl_multi_set_timer_callback(multi, changeTimer)
    ccurl_multi_set_pointer(multi, CURLMOPT_TIMERDATA, user)
  }

  /// Has libcurl begin what was added and see to what ran out of time.
  func actInTime() {
    guard let deadline, deadline <= .now else { return }
    self.deadline = nil
    act(CURL_SOCKET_TIMEOUT, 0)
  }

  /// Has libcurl see to the sockets that are ready, after a wait if nothing else is to be done.
  func actOnSockets(mayWait: Bool) {
    watch.wait(milliseconds: mayWait ? timeout : 0) { socket, readiness in act(socket, readiness) }
  }

  private func act(_ socket: Int32, _ readiness: Int32) {
    var running: Int32 = 0
    curl_multi_socket_action(multi, socket, readiness, &running)
  }

  /// Rounded up, so that it is not early.
  private var timeout: Int32 {
    guard let deadline else { return -1 }
    let rest = (deadline - .now) / .milliseconds(1)
    return Int32(min(max(rest.rounded(.up), 0), 60_000))
  }

  // MARK: What libcurl says

  fileprivate func change(_ socket: Int32, _ interest: Int32, isKnown: Bool) {
    guard interest != CURL_POLL_REMOVE else { return watch.forget(socket) }
    watch.watch(socket, for: interest, isKnown: isKnown)
    // Whatever is assigned comes back with the next change, and tells that the socket is known.
    if !isKnown { curl_multi_assign(multi, socket, Unmanaged.passUnretained(self).toOpaque()) }
  }

  fileprivate func change(timeout milliseconds: Int) {
    deadline = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
  }
}

private func changeSocket(
  _ easy: UnsafeMutableRawPointer?,
  _ socket: curl_socket_t,
  _ interest: Int32,
  _ user: UnsafeMutableRawPointer?,
  _ assigned: UnsafeMutableRawPointer?
) -> Int32 {
  sockets(user)?.change(socket, interest, isKnown: assigned != nil)
  return 0
}

private func changeTimer(
  _ multi: UnsafeMutableRawPointer?,
  _ milliseconds: Int,
  _ user: UnsafeMutableRawPointer?
) -> Int32 {
  sockets(user)?.change(timeout: milliseconds)
  return 0
}

private func sockets(_ user: UnsafeMutableRawPointer?) -> CurlSockets? {
  user.map { Unmanaged<CurlSockets>.fromOpaque($0).takeUnretainedValue() }
}
