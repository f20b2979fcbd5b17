package import HTTPMessages

/// What a handler answers: a response, whose body may come in pieces while time passes.
package struct HTTPAnswer: Sendable {
  /// Status and headers, and the body unless it comes in pieces.
  package var response: HTTPResponse

  /// Writes the body; `nil` when the response has it.
  let writeBody: (@Sendable (StreamedBody) async -> Void)?

  /// A response with its whole body.
  package init(_ response: HTTPResponse) {
    self.response = response
    writeBody = nil
  }

  /// A response whose body is what a sequence brings, sent piece by piece as it comes.
  ///
  /// The next piece is asked for once the client has taken most of the last ones. When the client
  /// goes, or the server stops, the task that iterates is cancelled.
  ///
  /// - Parameters:
  ///   - head: Status and headers; its body goes first.
  ///   - pieces: Bytes to send; its end ends the body.
  package init<Pieces: AsyncSequence & Sendable>(_ head: HTTPResponse, pieces: Pieces)
  where Pieces.Element == [UInt8], Pieces.Failure == Never {
    response = head
    writeBody = { body in
      guard await body.send(head.body) else { return }
      var iterator = pieces.makeAsyncIterator()
      while let piece = await iterator.next(isolation: nil) {
        guard await body.send(piece) else { return }
      }
    }
  }
}
