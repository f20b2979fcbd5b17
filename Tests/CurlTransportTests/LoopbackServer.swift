import Foundation
import Glibc
import Synchronization

/// A tiny HTTP server on 127.0.0.1 that answers with raw bytes, one thread per connection.
final class LoopbackServer: Sendable {
  /// What the server does with one request.
  struct Reply: Sendable {
    var bytes: [UInt8]
    /// What happens after the bytes are sent.
    var ending = Ending.keepOpen

    enum Ending { case keepOpen, close, hang }

    init(_ text: String, _ ending: Ending = .keepOpen) {
      bytes = Array(text.utf8)
      self.ending = ending
    }

    init(head: String, body: [UInt8], _ ending: Ending = .keepOpen) {
      bytes = Array(head.utf8) + body
      self.ending = ending
    }

    /// Accepts the request and says nothing.
    static let silence = Reply("", .hang)
  }

  /// Everything the server saw.
  struct Record {
    /// Head and body of each request, as text.
    var requests: [String] = []
    var connectionCount = 0
    fileprivate var waiting: [CheckedContinuation<Void, Never>] = []
  }

  let authority: String
  private let listener: Int32
  private let greeting: String?
  private let answer: @Sendable (String) -> Reply
  private let record = Mutex(Record())

  /// Listens at once; `answer` gives the reply to a request, which it gets as text.
  ///
  /// With a greeting each connection gets that and is closed.
  init(greeting: String? = nil, answer: @escaping @Sendable (String) -> Reply) throws {
    self.answer = answer
    self.greeting = greeting
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, size) == 0 && listen(listener, 512) == 0
          && getsockname(listener, $0, &size) == 0
      }
    }
    guard isListening else { throw CocoaError(.fileReadUnknown) }
    authority = "127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    self.listener = listener
    let thread = Thread { [weak self] in
      while true {
        let connection = accept(listener, nil, nil)
        guard connection >= 0, let server = self else {
          if connection >= 0 { Glibc.close(connection) }
          // Closed by another thread, its number could be that of another server by now.
          Glibc.close(listener)
          return
        }
        server.serve(connection)
      }
    }
    thread.start()
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  var requests: [String] { record.withLock { $0.requests } }

  var connectionCount: Int { record.withLock { $0.connectionCount } }

  /// Returns once a request has arrived.
  func awaitRequest() async {
    await withCheckedContinuation { continuation in
      let isHere = record.withLock { record in
        if record.requests.isEmpty { record.waiting.append(continuation) }
        return !record.requests.isEmpty
      }
      if isHere { continuation.resume() }
    }
  }

  private func serve(_ connection: Int32) {
    record.withLock { $0.connectionCount += 1 }
    let thread = Thread { [self] in
      var buffer: [UInt8] = []
      if let greeting {
        Self.write(Array(greeting.utf8), to: connection)
        shutdown(connection, Int32(SHUT_WR))
        while Self.read(connection, &buffer) {}
      }
      while let request = Self.readRequest(connection, &buffer) {
        note(request)
        let reply = answer(request)
        Self.write(reply.bytes, to: connection)
        if reply.ending == .hang { while Self.read(connection, &buffer) {} }
        if reply.ending != .keepOpen { break }
      }
      Glibc.close(connection)
    }
    thread.start()
  }

  private func note(_ request: String) {
    let waiting = record.withLock { record in
      record.requests.append(request)
      defer { record.waiting = [] }
      return record.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private static func write(_ bytes: [UInt8], to connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private static func read(_ connection: Int32, _ buffer: inout [UInt8]) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(connection, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk.prefix(count)
    return true
  }

  private static func readRequest(_ connection: Int32, _ buffer: inout [UInt8]) -> String? {
    let end = Data("\r\n\r\n".utf8)
    while true {
      if let headEnd = Data(buffer).firstRange(of: end)?.upperBound {
        let head = String(decoding: buffer[..<headEnd], as: UTF8.self)
        let total = headEnd + contentLength(head)
        while buffer.count < total { guard read(connection, &buffer) else { return nil } }
        defer { buffer.removeFirst(total) }
        return String(decoding: buffer[..<total], as: UTF8.self)
      }
      guard read(connection, &buffer) else { return nil }
    }
  }

  private static func contentLength(_ head: String) -> Int {
    let name = "content-length: "
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name) }
    return line.flatMap { Int($0.dropFirst(name.count)) } ?? 0
  }
}
