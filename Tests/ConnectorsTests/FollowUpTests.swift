import Connectors
import Diagnostics
import HTTPMessages
import Testing
import Timekeeping

struct FollowUpTests {
  private let request = HTTPRequest(
    method: "GET",
    scheme: "https",
    authority: "api.example.com",
    target: "/v1/a/b?q=1",
    headers: ["Authorization": "Bearer t", "X-Key": "k", "Accept": "*/*"]
  )

  private func redirect(_ status: Int, _ location: String, _ method: String = "GET", count: Int = 0)
    throws(Diagnostic) -> FollowUp?
  {
    var request = request
    request.method = method
    return try RedirectRule.next(
      after: request,
      HTTPResponse(status: status, headers: ["Location": location]),
      count: count
    )
  }

  @Test(arguments: [
    ("https://other.example/x?y", "https://other.example/x?y"),
    ("//other.example/x", "https://other.example/x"), ("/x", "https://api.example.com/x"),
    ("c?d=e#f", "https://api.example.com/v1/a/c?d=e"),
    ("../c/./d/..", "https://api.example.com/v1/c/"),
    ("?z=1", "https://api.example.com/v1/a/b?z=1"),
  ])
  func `resolves references`(location: String, url: String) {
    #expect(URLReference.resolve(location, against: request)?.url == url)
  }

  @Test(arguments: ["", "ftp://x/y", "https://user@x/", "javascript:alert(1)", "http:// x"])
  func `refuses what is no web address`(location: String) {
    #expect(URLReference.resolve(location, against: request) == nil)
  }

  @Test func `credentials stay with their host`() throws {
    let same = try #require(try redirect(302, "https://API.example.com:443/x"))
    #expect(same.keepsCredentials && same.request.headers["Authorization"] == "Bearer t")
    let other = try #require(try redirect(307, "https://api.example.com.evil.example/x"))
    #expect(!other.keepsCredentials)
    #expect(other.request.headers.fields.map(\.name) == ["Accept"])
  }

  @Test func `only GET and HEAD follow, within limits`() throws {
    #expect(try redirect(302, "/x", "POST") == nil)
    #expect(try redirect(304, "/x") == nil)
    #expect(try redirect(308, "/x", "HEAD")?.request.method == "HEAD")
    #expect(throws: Diagnostic.self) { try redirect(302, "/x", count: 10) }
    #expect(throws: Diagnostic.self) { try redirect(302, "http://api.example.com/x") }
  }

  @Test func `an accepted request is asked for until it is done`() throws {
    let now = Timestamp(seconds: 0)
    let accepted = HTTPResponse(status: 202, headers: ["Location": "/op/1", "Retry-After": "7"])
    let next = try #require(
      AsynchronousAnswer.next(after: request, accepted, now: now, isPoll: false)
    )
    #expect(next.followUp.request.url == "https://api.example.com/op/1")
    #expect(next.delay == .seconds(7))
    let bare = HTTPResponse(status: 202)
    #expect(AsynchronousAnswer.next(after: request, bare, now: now, isPoll: false) == nil)
    let again = AsynchronousAnswer.next(after: request, bare, now: now, isPoll: true)
    #expect(again?.delay == .seconds(20))
    let done = HTTPResponse(status: 200, headers: ["Location": "/op/1"])
    #expect(AsynchronousAnswer.next(after: request, done, now: now, isPoll: true) == nil)
  }

  @Test(arguments: [
    ("120", Duration.seconds(120)), ("0.5", .milliseconds(500)), ("-1", nil), ("soon", nil),
    ("Thu, 01 Jan 1970 00:01:00 GMT", .seconds(60)), ("Wed, 31 Dec 1969 23:59:00 GMT", .zero),
    ("99999999999", .seconds(86_400)), ("nan", nil),
  ])
  func `reads how long to wait`(text: String, delay: Duration?) {
    #expect(RetryAfter.delay(["Retry-After": text], now: Timestamp(seconds: 0)) == delay)
  }
}
