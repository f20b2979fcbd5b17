import Connectors
import Diagnostics
import HTTPMessages
import Testing

@Suite struct ChunkedTransferTests {
  private let upload = HTTPRequest(
    method: "PUT",
    scheme: "https",
    authority: "h",
    target: "/files/1",
    headers: ["Content-Type": "text/plain", "Authorization": "Bearer t"],
    body: Array("abcdefghij".utf8)
  )

  @Test func `an upload is announced without its content`() {
    let announcement = ChunkedTransfer.announcement(of: upload)
    #expect(announcement.method == "PUT" && announcement.body.isEmpty)
    #expect(announcement.headers["x-ms-transfer-mode"] == "chunked")
    #expect(announcement.headers["x-ms-content-length"] == "10")
  }

  private func started(_ headers: HTTPFields) -> ChunkedTransfer.Upload? {
    ChunkedTransfer.Upload(of: upload, after: HTTPResponse(status: 200, headers: headers))
  }

  @Test func `pieces follow one another until all is sent`() throws {
    let transfer = try #require(started(["Location": "/parts/9", "x-ms-chunk-size": "4"]))
    let first = transfer.piece(from: 0)
    #expect(first.method == "PATCH" && first.url == "https://h/parts/9")
    #expect(first.headers["Content-Range"] == "bytes 0-3/10")
    #expect(first.headers["Content-Type"] == "text/plain")
    #expect(first.headers["Authorization"] == "Bearer t")
    #expect(try transfer.next(after: 0, HTTPResponse(status: 200)) == 4)
    let partial = HTTPResponse(status: 200, headers: ["Range": "bytes=0-5"])
    #expect(try transfer.next(after: 4, partial) == 6)
    #expect(transfer.piece(from: 8).headers["Content-Range"] == "bytes 8-9/10")
    #expect(transfer.piece(from: 8).body == Array("ij".utf8))
  }

  @Test func `a service that takes nothing ends the upload`() throws {
    let transfer = try #require(started(["Location": "/parts/9", "x-ms-chunk-size": "4"]))
    let stuck = HTTPResponse(status: 200, headers: ["Range": "bytes=0-3"])
    #expect(throws: Diagnostic.self) { try transfer.next(after: 4, stuck) }
  }

  @Test func `another host gets no credentials and plain http nothing`() throws {
    let transfer = try #require(started(["Location": "https://other/parts"]))
    #expect(transfer.piece(from: 0).headers["Authorization"] == nil)
    #expect(started(["Location": "http://other/parts"]) == nil)
    #expect(started([:]) == nil)
  }

  private func part(_ range: String, _ body: String) -> HTTPResponse {
    HTTPResponse(status: 206, headers: ["Content-Range": range], body: Array(body.utf8))
  }

  @Test func `a download goes on after what arrived`() throws {
    let request = HTTPRequest(method: "GET", scheme: "https", authority: "h", target: "/f")
    let next = try ChunkedTransfer.next(after: request, part("bytes 0-3/10", "abcd"), received: 0)
    #expect(next?.headers["Range"] == "bytes=4-")
    let end = try ChunkedTransfer.next(after: request, part("bytes 4-9/10", "efghij"), received: 4)
    #expect(end == nil)
    let whole = HTTPResponse(status: 200, body: Array("abc".utf8))
    #expect(try ChunkedTransfer.next(after: request, whole, received: 0) == nil)
  }

  @Test(arguments: [
    ("bytes 5-8/10", "abcd"), ("bytes 4-7/10", "abc"), ("bytes 4-7/9999999999", "abcd"),
  ])
  func `pieces that do not fit are an error`(range: String, body: String) {
    let request = HTTPRequest(method: "GET", scheme: "https", authority: "h", target: "/f")
    #expect(throws: Diagnostic.self) {
      try ChunkedTransfer.next(after: request, part(range, body), received: 4)
    }
  }
}
