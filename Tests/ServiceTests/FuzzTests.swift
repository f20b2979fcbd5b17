import Fixtures
import HTTPMessages
import OrderedJSON
import Service
import Testing

/// Whatever comes in, there is an answer, and a failure is an error document.
struct FuzzTests {
  @Test func `no request brings the service down`() async throws {
    var settings = ServiceSettings()
    settings.requestBurst = 1_000_000
    let world = try await ServiceWorld(settings: settings)
    let run = try await world.run("loops")
    var maker = RequestMaker(
      random: SeededGenerator(state: 2026),
      patterns: world.description.operations.map(\.pattern),
      words: [run, "loops", "slow", "manual", "daily", "acs", "Leaf", "Send", "000001-000000"]
    )
    var statuses: [Int: Int] = [:]
    for _ in 0..<3_000 {
      let request = maker.next()
      // The world compares each answer with the description.
      let answer = await world.send(request)
      statuses[answer.status, default: 0] += 1
      #expect((200..<500).contains(answer.status), "\(request) \(answer.text)")
      if answer.status >= 400, request.method != "HEAD" {
        #expect(answer.errorCode != nil, "\(request) \(answer.text)")
      }
    }
    // The fuzz reaches what it should.
    for status in [200, 204, 400, 404, 405, 415] {
      #expect(statuses[status, default: 0] > 0, "\(status)")
    }
  }
}

/// Makes requests that are almost right.
struct RequestMaker {
  var random: SeededGenerator
  let patterns: [String]
  let words: [String]

  private static let methods = [
    "GET", "GET", "GET", "POST", "POST", "PUT", "PUT", "DELETE", "HEAD", "OPTIONS", "X",
  ]

  private static let pieces = [
    "", "/", "%", "%2", "%2f", "%00", "..", "🙂", "é", "\u{0}", "\n", "'", "''", "(", ")", " and ",
    " or ", "status", "startTime", " eq ", " ge ", "'Failed'", "2026-01-01", "datetime", "$", "&",
    "=", "?", "#", "+", "-1", "0", "1", "250", "99999999999999999999", "null", "[", "]", "{", "}",
    "\"", ":", ",", "true", "{\"body\": {}}", "{\"name\": \"a\", \"role\": \"reader\"}",
    "{\"definition\": {\"actions\": {}}}", "*sanitized*", "\u{202E}", "\u{FFFD}",
  ]

  private static let names = [
    "$filter", "$top", "$skiptoken", "$expand", "view", "wait", "after", "since", "api-version",
  ]

  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int(random.next() % UInt64(list.count))]
  }

  private mutating func chance(_ percent: UInt64) -> Bool { random.next() % 100 < percent }

  private mutating func noise(_ count: UInt64) -> String {
    (0..<random.next() % (count + 1)).map { _ in pick(Self.pieces) }.joined()
  }

  mutating func next() -> HTTPRequest {
    var headers = HTTPFields()
    if chance(40) { headers["Content-Type"] = pick(["text/plain", "application/json", "a", ";"]) }
    if chance(10) { headers["Last-Event-ID"] = noise(2) }
    if chance(10) { headers["If-Match"] = noise(3) }
    if chance(5) { headers["Accept"] = "application/vnd.weir+json" }
    return ServiceWorld.request(
      pick(Self.methods),
      path() + query(),
      headers,
      body: Array(chance(60) ? noise(8).utf8 : "".utf8)
    )
  }

  private mutating func path() -> String {
    guard !chance(10) else { return "/" + noise(6) }
    let segments = pick(patterns).split(separator: "/").map { segment -> String in
      if segment.hasPrefix("{") { return chance(80) ? pick(words) : encoded(noise(3)) }
      return chance(95) ? String(segment) : noise(2)
    }
    return "/" + segments.joined(separator: "/") + (chance(3) ? "/" : "")
  }

  private mutating func query() -> String {
    guard chance(50) else { return "" }
    let items = (0..<random.next() % 4).map { _ -> String in
      // A request that waits would wait for ever: time stands still here.
      let name = pick(Self.names.filter { $0 != "wait" })
      return "\(name)=\(chance(70) ? encoded(noise(5)) : noise(3))"
    }
    return "?" + items.joined(separator: "&")
  }

  private func encoded(_ text: String) -> String { PercentEncoding.encode(text) }
}
