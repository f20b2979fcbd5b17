/// What the service answers to the four requests of the sample flow, with fields and sizes like its
/// own.
enum CannedAnswer {
  /// How many bytes the first request takes; `nil` while it is incomplete.
  static func requestLength(_ input: [UInt8]) -> Int? {
    guard let end = place(of: "\r\n\r\n", in: input, from: 0) else { return nil }
    var length = end + 4
    if let field = place(of: "\r\nContent-Length: ", in: input, from: 0), field < end {
      let digits = input[(field + 18)...].prefix { $0 >= 48 && $0 < 58 }
      length += digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    return length <= input.count ? length : nil
  }

  /// The answer to the request that the input begins with.
  static func answer(to input: [UInt8], refusing: Bool) -> [UInt8] {
    if input.first == UInt8(ascii: "D") { return empty }
    let line = input.prefix { $0 != 13 }
    guard line.starts(with: "POST /identities/".utf8) else { return refusing ? refusal : user }
    return place(of: ":issue", in: input, from: 0) == nil ? empty : token
  }

  private static func place(of text: StaticString, in input: [UInt8], from start: Int) -> Int? {
    let count = text.utf8CodeUnitCount
    return input.withUnsafeBufferPointer { input in
      var index = start
      while index + count <= input.count {
        if input[index] == text.utf8Start[0],
          (1..<count).allSatisfy({ input[index + $0] == text.utf8Start[$0] })
        {
          return index
        }
        index += 1
      }
      return nil
    }
  }

  private static let user = answer(
    "201 Created",
    #"{"identity":{"id":"8:acs:fbf33a80-9a44-4a6a-b3f8-c38a1b0b9d0a_0000001c-27f2-7b1a-8d5c-593a0d00a1b2"}}"#
  )
  private static let token = answer(
    "200 OK",
    #"{"token":"\#(String(repeating: "eyJhbGciOiJFUzI1NiIs", count: 45))","#
      + #""expiresOn":"2026-11-21T01:13:22.1963781+00:00"}"#
  )
  private static let empty = answer("204 No Content", nil)
  private static let refusal = answer(
    "400 Bad Request",
    #"{"error":{"code":"ValidationError","message":"The request is not accepted."}}"#
  )

  private static func answer(_ status: String, _ body: String?) -> [UInt8] {
    var lines = [
      "HTTP/1.1 \(status)", "Date: Fri, 20 Nov 2026 21:15:00 GMT",
      "api-supported-versions: 2021-03-07, 2022-06-01, 2022-10-01, 2023-10-01",
      "MS-CV: 4rDoqmXNFkqQmHBgHwLjWw.0", "Request-Context: appId=", "X-Processing-Time: 1ms",
    ]
    if let body {
      lines += [
        "Content-Type: application/json; charset=utf-8", "Content-Length: \(body.utf8.count)",
      ]
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
  }
}
