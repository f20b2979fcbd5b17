import Connectors
import Diagnostics
import HTTPMessages
import Seams

/// Large content in pieces.
///
/// Source: workflow language reference, section d.4 (chunking).
extension HTTPPerformer {
  /// One exchange, in pieces when the action says so.
  func transfer(_ request: HTTPRequest, inPieces: Bool, _ limits: TransferLimits)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    guard inPieces else { return try await follow(request, limits) }
    let isUpload = !request.body.isEmpty && ["POST", "PUT"].contains(request.method)
    return isUpload ? try await upload(request, limits) : try await download(request, limits)
  }

  /// Announces the content, then sends it piece by piece; a piece that fails is the answer.
  private func upload(_ request: HTTPRequest, _ limits: TransferLimits)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    let answer = try await follow(ChunkedTransfer.announcement(of: request), limits)
    guard case .success(var response) = answer,
      let upload = ChunkedTransfer.Upload(of: request, after: response)
    else { return answer }
    var offset = 0
    while offset < request.body.count {
      switch try await follow(upload.piece(from: offset), limits) {
      case .failure(let failure): return .failure(failure)
      case .success(let next): response = next
      }
      guard response.isSuccess else { return .success(response) }
      offset = try upload.next(after: offset, response)
    }
    return .success(response)
  }

  /// Reads on while answers are partial; the whole content is one answer.
  private func download(_ request: HTTPRequest, _ limits: TransferLimits)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    var request = request
    var whole: HTTPResponse?
    while true {
      let piece: HTTPResponse
      switch try await follow(request, limits) {
      case .failure(let failure): return .failure(failure)
      case .success(let response): piece = response
      }
      let received = whole?.body.count ?? 0
      guard whole == nil || piece.status == 206 else { return .success(piece) }
      let next = try ChunkedTransfer.next(after: request, piece, received: received)
      guard var joined = whole ?? (next == nil ? nil : piece) else { return .success(piece) }
      if whole != nil { joined.body += piece.body }
      whole = joined
      guard let next else { return .success(Self.joined(joined)) }
      request = next
    }
  }

  /// The first answer with the content of all of them.
  private static func joined(_ response: HTTPResponse) -> HTTPResponse {
    var whole = response
    whole.status = 200
    for name in ["Content-Range", "Content-Length"] { whole.headers[name] = nil }
    return whole
  }
}
