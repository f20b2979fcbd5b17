import Fixtures
import Foundation
import HTTPMessages
import HTTPServer
import OrderedJSON
import Testing

/// What comes in from strangers: a fixed seed, a bounded count.
@Suite(.serialized)
struct RequestFuzzTests {
  private static let seeds = [
    "GET /runs/1?x=%20 HTTP/1.1\r\nHost: h\r\nAccept: */*\r\n\r\n",
    "POST /hook HTTP/1.1\r\nHost: h:80\r\nContent-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}",
    "PUT /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
    "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nok",
    "GET http://h/abs HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nConnection: keep-alive\r\n\r\n",
    "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
  ]

  private static let fragments = [
    "\r\n", "\n", "\r", "\0", " ", "\t", ":", "Content-Length: 5\r\n", "Content-Length: -1\r\n",
    "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: x\r\n", "Host: other\r\n", " folded\r\n",
    "HTTP/1.1", "HTTP/9.9", "ffffffffffffffff\r\n", "%", "%00", "../", "\u{FF}\u{FE}", "\r\n\r\n",
    "Connection: upgrade\r\nUpgrade: h2c\r\n", "Expect: 100-continue\r\n", "0\r\n\r\n", "a=b; c=d",
  ]

  private static func request(_ random: inout SeededGenerator) -> [UInt8] {
    if Int.random(in: 0..<10, using: &random) == 0 {
      return (0..<Int.random(in: 0..<400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    }
    var bytes = Array((seeds.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 0...4, using: &random) { mutate(&bytes, &random) }
    return bytes
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes.removeSubrange(place...)
    case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2 where place < bytes.count:
      bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &random)))
    case 3:
      bytes.insert(contentsOf: (fragments.randomElement(using: &random) ?? "").utf8, at: place)
    case 4 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    default:
      let count = Int.random(in: 1...5000, using: &random)
      bytes.insert(contentsOf: [UInt8](repeating: 0x41, count: count), at: place)
    }
  }

  @Test(arguments: 0..<8)
  func `whatever comes in, the answer is HTTP or nothing, and the next request is served`(
    _ seed: UInt64
  ) async throws {
    var settings = ServerSettings()
    settings.limits.bodyBytes = 1000
    settings.limits.headerBytes = 4096
    settings.limits.idleSeconds = 1
    settings.limits.headerTime = .milliseconds(20)
    settings.limits.bodyTime = .milliseconds(20)
    settings.limits.bodyRate = 1_000_000
    let address = ListenAddress(host: "127.0.0.1", port: 0)
    let server = try HTTPServer(on: address, settings: settings) { request, _ in
      HTTPResponse(status: request.target == "/good" ? 204 : 200, body: request.body)
    }
    let client = WireClient(port: server.address.port)
    var random = SeededGenerator(state: seed)
    for _ in 0..<100 {
      let request = Self.request(&random)
      let shown = String(decoding: request, as: UTF8.self).debugDescription
      let answer = await client.exchange(request, closesAfter: true)
      #expect(Self.isSound(answer), "\(shown) got \(answer.debugDescription)")
    }
    let good = await client.exchange("GET /good HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    #expect(good.hasPrefix("HTTP/1.1 204 "))
    await server.stop(within: .seconds(1))
  }

  /// Whether it is empty or begins like a response, with an error told as JSON where it is ours.
  private static func isSound(_ answer: String) -> Bool {
    guard !answer.isEmpty else { return true }
    guard let status = Int(answer.dropFirst(9).prefix(3)),
      answer.hasPrefix("HTTP/1.1 ") || answer.hasPrefix("HTTP/1.0 "), (100..<600).contains(status),
      let head = answer.range(of: "\r\n\r\n")
    else { return false }
    guard status >= 400, answer.contains("application/json") else { return true }
    let body = answer[head.upperBound...]
    return (try? JSON(parsing: Array(body.utf8))) != nil
  }
}
