import HTTPMessages
import Testing

@Suite struct HTTPMessagesTests {
  @Test func `fields ignore case and join repeated values`() {
    var fields: HTTPFields = ["Accept": "a"]
    fields.append("accept", "b")
    fields.append("Accept-Language", "en")
    fields.append("ACCEPT", "c")
    #expect(fields["aCCEPT"] == "a,b,c")
    fields["Accept-Language"] = nil
    fields["accept"] = "c"
    #expect(fields.fields == [HTTPFields.Field(name: "Accept", value: "c")])
    fields["Accept"] = nil
    #expect(fields.isEmpty)
  }

  @Test(arguments: [
    ("http://127.0.0.1:7080/a/b?x=1", "http", "127.0.0.1:7080", "/a/b?x=1"),
    ("HTTPS://Example.com", "https", "Example.com", "/"),
    ("https://h?x=/y", "https", "h", "/?x=/y"),
    ("https://[::1]:8/p#frag", "https", "[::1]:8", "/p"),
  ])
  func `URLs are split and kept as written`(
    url: String,
    scheme: String,
    authority: String,
    target: String
  ) throws {
    let request = try #require(HTTPRequest(method: "GET", url: url))
    #expect(request.scheme == scheme)
    #expect(request.authority == authority)
    #expect(request.target == target)
  }

  @Test(arguments: ["", "ftp://x/", "https://", "https://user:pw@h/", "https://h/a b", "/relative"])
  func `what is no usable URL is refused`(url: String) {
    #expect(HTTPRequest(method: "GET", url: url) == nil)
  }

  @Test func `percent-encoding keeps only unreserved characters`() {
    #expect(PercentEncoding.encode("8:acs:a_b/ü~") == "8%3Aacs%3Aa_b%2F%C3%BC~")
    #expect(PercentEncoding.decode("8%3Aacs%3aa+%zz%4") == "8:acs:a+%zz%4")
    #expect(PercentEncoding.decode("a+b%2B", plusIsSpace: true) == "a b+")
    #expect(PercentEncoding.decode("%FF") == "\u{FFFD}")
  }
}
