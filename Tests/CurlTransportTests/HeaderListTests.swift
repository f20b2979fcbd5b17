import CCurl
import HTTPMessages
import Testing

@testable import CurlTransport

struct HeaderListTests {
  private func lines(_ fields: HTTPFields, in list: HeaderList) -> [String] {
    let request = HTTPRequest(
      method: "GET",
      scheme: "http",
      authority: "h:1",
      target: "/",
      headers: fields,
      body: []
    )
    var lines: [String] = []
    var node = list.fill(from: request, "me")
    while let line = node?.pointee {
      lines.append(String(cString: line.data))
      node = line.next
    }
    return lines
  }

  private let before = ["Host: h:1", "User-Agent: me", "Accept-Encoding: gzip, deflate"]
  private let after = ["Accept:", "Content-Type:", "Expect:"]

  @Test func `one list serves requests of any size`() {
    let list = HeaderList()
    let long = HTTPFields((0..<200).map { HTTPFields.Field(name: "N\($0)", value: "v\($0)") })
    for fields in [["A": "1"], long, [:], ["B": "2", "C": "3"]] as [HTTPFields] {
      let own = fields.fields.map { "\($0.name): \($0.value)" }
      #expect(lines(fields, in: list) == before + own + after)
    }
  }

  @Test func `what the request sets is not added, and framing is left to the library`() {
    let fields: HTTPFields = [
      "host": "other", "Content-Length": "5", "Expect": "", "transfer-encoding": "chunked",
      "user-agent": "you", "Accept-encoding": "br",
    ]
    #expect(
      lines(fields, in: HeaderList()) == [
        "host: other", "Expect;", "user-agent: you", "Accept-encoding: br", "Accept:",
        "Content-Type:",
      ]
    )
  }
}
