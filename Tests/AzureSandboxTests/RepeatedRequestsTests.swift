import HTTPMessages
import Testing
import Timekeeping

@testable import AzureSandbox

struct RepeatedRequestsTests {
  private let bench = TestBench()
  private let requests = RepeatedRequests()

  private static let id = "5d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa"

  private static let created = HTTPResponse(status: 201)

  private func call(_ id: String?, _ sent: String?, body: String = "{}") -> ServiceCall {
    var request = bench.request("POST", "/rooms?api-version=1", body)
    if let id { request.headers.append("Repeatability-Request-ID", id) }
    if let sent { request.headers.append("Repeatability-First-Sent", sent) }
    let admission = Admission(caller: .machine, resource: bench.sandbox.resource)
    return ServiceCall(
      request: request,
      parameters: [:],
      version: "1",
      now: bench.clock.now(),
      admission: admission
    )
  }

  private var now: String { HTTPDate.text(bench.clock.now()) }

  @Test func `a repeated request gets the first answer and does nothing`() throws {
    var count = 0
    for _ in 0..<2 {
      let answer = try requests.perform(call(Self.id, now)) {
        count += 1
        return HTTPResponse(status: 201)
      }
      #expect(answer.status == 201)
      #expect(answer.headers["Repeatability-Result"] == "accepted")
    }
    #expect(count == 1)
    _ = try requests.perform(call(nil, nil)) {
      count += 1
      return HTTPResponse(status: 201)
    }
    #expect(count == 2)
  }

  private static let malformed: [(String?, String?, Int)] = [
    ("x", "Mon, 02 Mar 2026 08:09:10 GMT", 400), (id, "yesterday", 400), (id, nil, 400),
    (nil, "Mon, 02 Mar 2026 08:09:10 GMT", 400), (id, "Mon, 02 Mar 2026 08:04:09 GMT", 412),
  ]

  @Test(arguments: malformed)
  func `malformed and late headers are rejected`(_ id: String?, _ sent: String?, _ status: Int) {
    let call = call(id, sent)
    let problem = #expect(throws: Problem.self) { try requests.perform(call) { Self.created } }
    #expect(problem?.status == status)
    #expect(problem?.headers["Repeatability-Result"] == "rejected")
  }

  @Test func `another request under the same id is rejected`() throws {
    _ = try requests.perform(call(Self.id, now)) { Self.created }
    let problem = #expect(throws: Problem.self) {
      try requests.perform(call(Self.id, now, body: "[]")) { Self.created }
    }
    #expect(problem?.status == 400)
  }

  @Test func `while the first runs, others wait`() throws {
    _ = try requests.perform(call(Self.id, now)) {
      let problem = #expect(throws: Problem.self) {
        try requests.perform(call(Self.id, now)) { Self.created }
      }
      #expect(problem?.status == 409)
      return HTTPResponse(status: 201)
    }
  }

  @Test func `a refusal is repeated, a failure of the service is not`() throws {
    var count = 0
    for _ in 0..<2 {
      let problem = #expect(throws: Problem.self) {
        try requests.perform(call(Self.id, now)) { () throws(Problem) in
          count += 1
          throw Problem(400, "BadRequest", "no")
        }
      }
      #expect(problem?.status == 400)
    }
    #expect(count == 1)
    let other = "6d6f0d0e-2c58-4a0c-9a52-3d7ce0c1f0aa"
    #expect(throws: Problem.self) {
      try requests.perform(call(other, now)) { () throws(Problem) in
        throw Problem(503, "Unavailable", "no")
      }
    }
    #expect(try requests.perform(call(other, now)) { Self.created }.status == 201)
  }
}
