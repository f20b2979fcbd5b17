internal import CMicroHTTPD
internal import Synchronization

/// A response body on its way from the task that writes it to the thread that sends it.
///
/// `@unchecked Sendable`: the connection is the library's handle, which any thread may resume;
/// everything else has its lock.
final class StreamedBody: @unchecked Sendable {
  private let connection: OpaquePointer
  private let state = Mutex(State())

  private struct State {
    var bytes: [UInt8] = []
    /// How many of `bytes` are sent.
    var sent = 0
    var isFinished = false
    var isAborted = false
    /// Whether the connection is out of polling until there is something to send.
    var isParked = false
    var writer: CheckedContinuation<Void, Never>?

    var unsent: Int { bytes.count - sent }
    var isOver: Bool { isFinished || isAborted }
  }

  /// A writer waits while more than this many bytes are unsent.
  private static let highWater = 64 << 10

  init(on connection: OpaquePointer) { self.connection = connection }

  // MARK: Writing

  /// Adds a piece, and waits until most of what is unsent has gone.
  ///
  /// - Returns: Whether there is somebody to write for.
  func send(_ piece: [UInt8]) async -> Bool {
    await withCheckedContinuation { continuation in
      let goesOn = state.withLock { state in
        guard !state.isOver else { return true }
        state.bytes += piece
        if !piece.isEmpty { unpark(&state) }
        guard state.unsent > Self.highWater else { return true }
        state.writer = continuation
        return false
      }
      if goesOn { continuation.resume() }
    }
    return state.withLock { !$0.isOver }
  }

  /// Ends the body after what is unsent.
  func finish() { end { $0.isFinished = true } }

  /// Breaks the body off, together with its connection.
  func abort() { end { $0.isAborted = true } }

  private func end(_ change: (inout State) -> Void) {
    let writer = state.withLock { state in
      change(&state)
      unpark(&state)
      return state.writer.take()
    }
    writer?.resume()
  }

  // Under the lock, because the connection may be gone soon after it was resumed.
  private func unpark(_ state: inout State) {
    guard state.isParked else { return }
    state.isParked = false
    MHD_resume_connection(connection)
  }

  // MARK: Sending, on the thread of the library

  /// Fills a buffer of the library, or takes the connection out of polling when there is nothing.
  ///
  /// - Returns: How many bytes it filled in, or how the body ends.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let (count, writer) = state.withLock { state -> (Int, CheckedContinuation<Void, Never>?) in
      if state.isAborted { return (cmhd_end_with_error(), nil) }
      guard state.unsent > 0 else {
        if state.isFinished { return (cmhd_end_of_stream(), nil) }
        state.isParked = true
        MHD_suspend_connection(connection)
        return (0, nil)
      }
      let count = take(into: buffer, &state)
      return (count, state.unsent <= Self.highWater / 2 ? state.writer.take() : nil)
    }
    writer?.resume()
    return count
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer, _ state: inout State) -> Int {
    let count = min(buffer.count, state.unsent)
    buffer.copyBytes(from: state.bytes[state.sent..<state.sent + count])
    state.sent += count
    if state.unsent == 0 {
      state.bytes.removeAll(keepingCapacity: state.bytes.capacity <= Self.highWater)
      state.sent = 0
    }
    return count
  }
}
