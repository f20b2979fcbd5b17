package import Diagnostics
package import HTTPMessages

/// Large content in pieces: what is sent next, and what the answers mean.
///
/// Source: workflow language reference, section d.4 (chunking).
package enum ChunkedTransfer {
  /// The most that one transfer may carry, in bytes: 1 GB, the product's limit.
  package static let byteLimit = 1 << 30

  /// A piece of content, in bytes, when the service names no size: 50 MiB.
  private static let standardPiece = 50 << 20

  // MARK: Upload

  /// Announces an upload: the request without its body, with the length that will follow.
  package static func announcement(of request: HTTPRequest) -> HTTPRequest {
    var announcement = request
    announcement.body = []
    announcement.headers["x-ms-transfer-mode"] = "chunked"
    announcement.headers["x-ms-content-length"] = String(request.body.count)
    return announcement
  }

  /// Where and in which pieces the content goes after its announcement was answered.
  package struct Upload: Sendable {
    package let request: HTTPRequest
    package let location: FollowUp
    package let pieceSize: Int

    /// `nil` when the answer is no success or names no place: then it is the answer of the action.
    package init?(of request: HTTPRequest, after response: HTTPResponse) {
      guard response.isSuccess, let text = response.headers["Location"],
        let target = URLReference.resolve(text, against: request),
        request.scheme == "http" || target.scheme == "https"
      else { return nil }
      self.request = request
      location = FollowUp(to: target, like: request, method: "PATCH")
      let stated = response.headers["x-ms-chunk-size"].flatMap { Int($0) } ?? standardPiece
      pieceSize = min(max(stated, 1), standardPiece)
    }

    /// The piece that begins at an offset.
    package func piece(from offset: Int) -> HTTPRequest {
      let end = min(offset + pieceSize, request.body.count)
      var piece = location.request
      piece.headers["Content-Type"] = request.headers["Content-Type"]
      piece.headers["Content-Range"] = "bytes \(offset)-\(end - 1)/\(request.body.count)"
      piece.body = Array(request.body[offset..<end])
      return piece
    }

    /// Where the next piece begins: after what the service says that it has.
    ///
    /// - Throws: C0203 when the service did not take anything of the piece.
    package func next(after offset: Int, _ response: HTTPResponse) throws(Diagnostic) -> Int {
      let sent = min(offset + pieceSize, request.body.count)
      guard let range = response.headers["Range"], let last = lastByte(of: range) else {
        return sent
      }
      guard last + 1 > offset, last < request.body.count else {
        throw Diagnostic(
          .brokenTransfer,
          "the service at '\(location.request.host)' did not take the piece that begins at "
            + "byte \(offset)",
          hint: "look at its answers with 'weir run show'; it may limit the size of a piece"
        )
      }
      return last + 1
    }

    /// The number after the dash of `bytes=0-1023`.
    private func lastByte(of range: String) -> Int? {
      range.split(separator: "-").last.flatMap { Int($0) }
    }
  }

  // MARK: Download

  /// The next request of a download in pieces; `nil` when the answer is whole.
  ///
  /// - Throws: C0203 when the answer's range is not the one that was asked for.
  package static func next(after request: HTTPRequest, _ response: HTTPResponse, received: Int)
    throws(Diagnostic) -> HTTPRequest?
  {
    guard response.status == 206, request.method == "GET",
      let range = ContentRange(response.headers["Content-Range"] ?? "")
    else { return nil }
    guard range.first == received, range.last - range.first + 1 == response.body.count,
      range.total <= byteLimit
    else {
      throw Diagnostic(
        .brokenTransfer,
        "the pieces that '\(request.host)' sends do not fit together at byte \(received)",
        hint: "check whether the content changes while it is read, or is larger than 1 GB"
      )
    }
    guard range.last + 1 < range.total else { return nil }
    var next = request
    next.headers["Range"] = "bytes=\(range.last + 1)-"
    return next
  }

  /// `bytes 0-499/1234`.
  ///
  /// Source: RFC 9110 section 14.4.
  private struct ContentRange {
    let first: Int
    let last: Int
    let total: Int

    init?(_ text: String) {
      guard text.hasPrefix("bytes ") else { return nil }
      let parts = text.dropFirst(6).split(whereSeparator: { $0 == "-" || $0 == "/" })
      guard parts.count == 3, let first = Int(parts[0]), let last = Int(parts[1]),
        let total = Int(parts[2]), first >= 0, first <= last, last < total
      else { return nil }
      (self.first, self.last, self.total) = (first, last, total)
    }
  }
}
