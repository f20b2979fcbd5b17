import Foundation

/// Answers the requests of the sample flow as fast as one thread can, or after a fixed delay; the
/// service that Weir and the raw loop call.
///
/// It runs in a process of its own, so that what it costs is not counted as theirs, and ends when
/// its standard input does. A byte `f` there has it refuse new users from then on, `o` has it
/// accept them again.
final class AnswerServer {
  private let delay: Int
  private var watched: [pollfd] = []
  private var inputs: [Int32: [UInt8]] = [:]
  /// Answers that wait for their time, in milliseconds of the monotonic clock.
  private var waiting: [(due: Int, connection: Int32, answer: [UInt8])] = []
  private var isRefusing = false

  /// `delay` in milliseconds.
  init(delay: Int) { self.delay = delay }

  func run() -> Never {
    let listener = listen()
    watch(listener)
    watch(STDIN_FILENO)
    while true {
      poll(&watched, nfds_t(watched.count), timeout)
      for entry in watched where entry.revents != 0 {
        switch entry.fd {
        case listener: accept(listener)
        case STDIN_FILENO: obey()
        default: read(entry.fd)
        }
      }
      sendDue()
    }
  }

  // MARK: Connections

  private func listen() -> Int32 {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { general in
        _ = bind(socket, general, size)
        _ = Glibc.listen(socket, 1024)
        _ = getsockname(socket, general, &size)
      }
    }
    print(UInt16(bigEndian: address.sin_port))
    fflush(nil)
    return socket
  }

  private func watch(_ file: Int32) {
    watched.append(pollfd(fd: file, events: Int16(POLLIN), revents: 0))
  }

  private func accept(_ listener: Int32) {
    let connection = Glibc.accept(listener, nil, nil)
    guard connection >= 0 else { return }
    var isOn: Int32 = 1
    setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, 4)
    inputs[connection] = []
    watch(connection)
  }

  private func obey() {
    var command: UInt8 = 0
    guard Glibc.read(STDIN_FILENO, &command, 1) == 1 else { exit(0) }
    isRefusing = command == UInt8(ascii: "f")
  }

  private func read(_ connection: Int32) {
    guard var input = inputs.removeValue(forKey: connection) else { return }
    let start = input.count
    input.append(contentsOf: repeatElement(0, count: 4096))
    let count = input.withUnsafeMutableBytes { bytes in
      recv(connection, bytes.baseAddress?.advanced(by: start), 4096, 0)
    }
    guard count > 0 else {
      watched.removeAll { $0.fd == connection }
      close(connection)
      return
    }
    input.removeLast(4096 - count)
    while let length = CannedAnswer.requestLength(input) {
      answer(connection, CannedAnswer.answer(to: input, refusing: isRefusing))
      input.removeFirst(length)
    }
    inputs[connection] = input
  }

  private func answer(_ connection: Int32, _ bytes: [UInt8]) {
    guard delay > 0 else { return send(connection, bytes) }
    waiting.append((now + delay, connection, bytes))
  }

  private func send(_ connection: Int32, _ bytes: [UInt8]) {
    _ = Glibc.send(connection, bytes, bytes.count, 0)
  }

  // MARK: Delay

  private var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  private var timeout: Int32 { waiting.first.map { Int32(max(0, $0.due - now)) } ?? -1 }

  private func sendDue() {
    guard !waiting.isEmpty else { return }
    let now = now
    let due = waiting.prefix { $0.due <= now }
    for answer in due { send(answer.connection, answer.answer) }
    waiting.removeFirst(due.count)
  }
}
