import CCurl
import Glibc

/// What the thread of libcurl waits for: sockets, and a bell that any thread may ring.
///
/// Waiting costs the same however many sockets there are.
///
/// Source: epoll(7), eventfd(2).
final class SocketWatch: @unchecked Sendable {
  // Unchecked: any thread may write to the descriptor of the bell; the rest belongs to the thread of
  // `CurlLoop`.
  private let epoll: Int32
  private let bell: Int32
  private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: batch)

  private static let batch = 128

  /// `nil` when the process has no descriptors left.
  init?() {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, bell >= 0, control(EPOLL_CTL_ADD, bell, EPOLLIN.rawValue) else { return nil }
  }

  deinit {
    Glibc.close(epoll)
    Glibc.close(bell)
    events.deallocate()
  }

  /// Ends the wait under way, or the next one before it begins.
  func ring() {
    var one: UInt64 = 1
    _ = write(bell, &one, MemoryLayout.size(ofValue: one))
  }

  /// Watches a socket for `CURL_POLL_IN`, `CURL_POLL_OUT` or both, and for nothing else any more.
  func watch(_ socket: Int32, for interest: Int32, isKnown: Bool) {
    var events: UInt32 = 0
    if interest & CURL_POLL_IN != 0 { events |= EPOLLIN.rawValue }
    if interest & CURL_POLL_OUT != 0 { events |= EPOLLOUT.rawValue }
    _ = control(isKnown ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, events)
  }

  /// Forgets a socket, which may be closed already.
  func forget(_ socket: Int32) { _ = control(EPOLL_CTL_DEL, socket, 0) }

  /// Waits for so long, or for ever when negative, and names each socket that is ready, with
  /// `CURL_CSELECT_IN`, `CURL_CSELECT_OUT` and `CURL_CSELECT_ERR`.
  func wait(milliseconds: Int32, found: (Int32, Int32) -> Void) {
    let count = epoll_wait(epoll, events, Int32(Self.batch), milliseconds)
    guard count > 0 else { return }
    for event in UnsafeBufferPointer(start: events, count: Int(count)) {
      if event.data.fd == bell {
        silence()
      } else {
        found(event.data.fd, Self.readiness(event.events))
      }
    }
  }

  private func silence() {
    var count: UInt64 = 0
    _ = read(bell, &count, MemoryLayout.size(ofValue: count))
  }

  private static func readiness(_ events: UInt32) -> Int32 {
    var readiness: Int32 = 0
    if events & EPOLLIN.rawValue != 0 { readiness |= CURL_CSELECT_IN }
    if events & EPOLLOUT.rawValue != 0 { readiness |= CURL_CSELECT_OUT }
    if events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { readiness |= CURL_CSELECT_ERR }
    return readiness
  }

  private func control(_ operation: Int32, _ socket: Int32, _ events: UInt32) -> Bool {
    var event = epoll_event(events: events, data: epoll_data(fd: socket))
    return epoll_ctl(epoll, operation, socket, &event) == 0
  }
}
