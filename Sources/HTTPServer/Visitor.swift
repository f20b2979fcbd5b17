internal import Glibc
internal import Synchronization

/// One connection of a client, and what it is waited for.
final class Visitor: Sendable {
  let peer: Peer
  let isSecure: Bool
  private let descriptor: Int32
  private let state: Mutex<State>

  private struct State {
    var phase: Phase
    var since: ContinuousClock.Instant
    var isClosed = false
  }

  enum Phase {
    /// A request line with headers has to come; `isFirst` on a connection without a request yet.
    case head(isFirst: Bool)
    /// A body has to come, of which so many bytes are here.
    case body(Int)
    /// The server has to answer.
    case answering
    /// The server sends a body for as long as the client stays.
    case streaming(StreamedBody)
  }

  enum Verdict: Equatable { case fine, slow, silent, gone }

  init(_ peer: Peer, descriptor: Int32, isSecure: Bool) {
    self.peer = peer
    self.descriptor = descriptor
    self.isSecure = isSecure
    state = Mutex(State(phase: .head(isFirst: true), since: .now))
  }

  /// Enters a phase; its time counts from now.
  func enter(_ phase: Phase) {
    let now = ContinuousClock.now
    state.withLock { state in
      state.phase = phase
      state.since = now
    }
  }

  /// Notes how much of the body is here; its time goes on counting.
  func receive(_ count: Int) {
    state.withLock { if case .body = $0.phase { $0.phase = .body(count) } }
  }

  /// The socket belongs to the library, which closes it after this.
  func close() { state.withLock { $0.isClosed = true } }

  /// Acts on a client that is too slow, or gone.
  ///
  /// - Parameters:
  ///   - now: The time to compare with.
  ///   - limits: How long what may take.
  ///   - notice: What a client that is slow in the middle of a request is told.
  func check(at now: ContinuousClock.Instant, _ limits: ServerLimits, notice: [UInt8]) {
    let body = state.withLock { state -> StreamedBody? in
      guard !state.isClosed else { return nil }
      switch verdict(state, now, limits) {
      case .fine: return nil
      case .slow: hangUp(saying: notice)
      case .silent: hangUp(saying: [])
      case .gone: if case .streaming(let body) = state.phase { return body }
      }
      state.isClosed = true
      return nil
    }
    // Not under the lock: it wakes tasks.
    body?.abort()
  }

  private func verdict(
    _ state: State,
    _ now: ContinuousClock.Instant,
    _ limits: ServerLimits
  ) -> Verdict {
    let age = now - state.since
    switch state.phase {
    case .head(isFirst: true): return age > limits.headerTime ? .slow : .fine
    case .head(isFirst: false):
      guard limits.idleSeconds > 0 else { return .fine }
      return age > limits.headerTime + .seconds(limits.idleSeconds) ? .silent : .fine
    case .body(let count): return age > limits.bodyTime(for: count) ? .slow : .fine
    case .answering: return .fine
    case .streaming: return hasLeft ? .gone : .fine
    }
  }

  /// Whether the client has closed its side; nobody polls a connection that waits for a piece.
  private var hasLeft: Bool {
    var entry = pollfd(fd: descriptor, events: Self.closedThere, revents: 0)
    return poll(&entry, 1, 0) > 0
  }

  /// POLLRDHUP, which the module of the C library leaves out.
  private static let closedThere: Int16 = 0x2000

  /// Ends the connection at once; the library finds it closed.
  ///
  /// - Parameter notice: A whole response; left out under TLS, where only the library can write.
  func refuse(saying notice: [UInt8]) {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.isClosed = true
      hangUp(saying: notice)
    }
  }

  private func hangUp(saying notice: [UInt8]) {
    if !isSecure, !notice.isEmpty {
      _ = notice.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
      }
    }
    shutdown(descriptor, Int32(SHUT_RDWR))
  }
}
