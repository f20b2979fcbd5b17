import Dispatch
import Foundation
import Synchronization

/// Carries signals from their handler, which may do next to nothing, to those who listen.
///
/// A signal source of Dispatch is registered some time after it was resumed, and a signal that comes
/// before that is lost; what is in a pipe stays there. While nobody listens, signals end the program.
final class SignalPipe: @unchecked Sendable {
  // Unchecked: the source is only kept alive.
  /// One for the program, as signals are.
  static let shared = SignalPipe()

  private static let codes = [SIGINT, SIGTERM]

  private struct State {
    var listeners: [Int: @Sendable () -> Void] = [:]
    var count = 0
  }

  private let state = Mutex(State())
  private let source: (any DispatchSourceRead)?

  private init() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      source = nil
      return
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    signalPipeEnd = ends[1]
    let reading = ends[0]
    let source = DispatchSource.makeReadSource(fileDescriptor: reading, queue: .global())
    self.source = source
    source.setEventHandler {
      var code: UInt8 = 0
      if read(reading, &code, 1) == 1 { SignalPipe.shared.tell() }
    }
    source.resume()
  }

  /// Returns the number under which `remove` forgets the listener.
  func add(_ listener: @escaping @Sendable () -> Void) -> Int {
    state.withLock { state in
      if state.listeners.isEmpty, source != nil {
        for code in Self.codes { signal(code, noteSignal) }
      }
      state.count += 1
      state.listeners[state.count] = listener
      return state.count
    }
  }

  func remove(_ number: Int) {
    state.withLock { state in
      state.listeners[number] = nil
      guard state.listeners.isEmpty else { return }
      for code in Self.codes { signal(code, SIG_DFL) }
    }
  }

  private func tell() {
    for listener in state.withLock({ Array($0.listeners.values) }) { listener() }
  }
}

// Read by the handler, which must not wait for anything; written once, before it is installed.
private nonisolated(unsafe) var signalPipeEnd: Int32 = -1

private func noteSignal(_ code: Int32) {
  let before = errno
  var byte = UInt8(truncatingIfNeeded: code)
  _ = write(signalPipeEnd, &byte, 1)
  errno = before
}
