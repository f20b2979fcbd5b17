import CurlTransport
import HTTPMessages
import Seams
import Testing

@Suite struct InvalidRequestTests {
  private static let valid = HTTPRequest(
    method: "GET",
    scheme: "http",
    authority: "127.0.0.1:9",
    target: "/"
  )

  private static func changed(_ change: (inout HTTPRequest) -> Void) -> HTTPRequest {
    var request = valid
    change(&request)
    return request
  }

  @Test(arguments: [
    changed { $0.method = "" },
    changed { $0.method = "GET /x HTTP/1.1\r\nX: y" },
    changed { $0.scheme = "file" },
    changed { $0.authority = "" },
    changed { $0.authority = "user:secret@host" },
    changed { $0.authority = "host/secret" },
    changed { $0.authority = "host\r\nX: secret" },
    changed { $0.target = "" },
    changed { $0.target = "secret" },
    changed { $0.target = "/secret x" },
    changed { $0.target = "/secret" + String(repeating: "x", count: 9_000_000) },
    changed { $0.target = "/secret\r\nX: y" },
    changed { $0.headers = ["X": "secret\r\nY: z"] },
    changed { $0.headers = ["X": "secret\0"] },
    changed { $0.headers = ["": "secret"] },
    changed { $0.headers = ["X Y": "secret"] },
    changed { $0.headers = ["X\r\nsecret": "z"] },
    changed {
      $0.method = "HEAD"
      $0.body = [1]
    },
  ])
  func `a malformed request is refused without naming values`(_ request: HTTPRequest) async throws {
    let transport = CurlTransport(userAgent: "weir/test")
    let failure = try #require(await transport.failure(request))
    #expect(failure.kind == .invalidRequest)
    #expect(!failure.message.contains("secret"))
    #expect(!failure.isTransient)
    await transport.close()
  }
}
