import Glibc

/// A server on this machine that answers every request with more bytes than anybody wants.
struct Torrent {
  private let listener: LoopbackListener

  var port: UInt16 { listener.port }

  /// Pours so many bytes; their number may be told in advance.
  init?(byteCount: Int, announced: Bool) {
    let length = announced ? "Content-Length: \(byteCount)\r\n" : ""
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\(length)Connection: close\r\n\r\n"
    let listener = LoopbackListener { connection in
      var request = [UInt8](repeating: 0, count: 65_536)
      guard read(connection, &request, request.count) > 0,
        LoopbackListener.sendAll(head.utf8, to: connection)
      else { return }
      let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
      for _ in 0..<(byteCount / piece.count) {
        guard LoopbackListener.sendAll(piece, to: connection) else { return }
      }
    }
    guard let listener else { return nil }
    self.listener = listener
  }
}
