import AzureSandbox
import HTTPMessages
import HTTPServer
import OrderedJSON
import Testing
import Timekeeping

struct FaultTests {
  private let bench = TestBench()

  private func order(_ fault: String) async -> TestBench.Answer {
    await bench.sendUnsigned("POST", "/_sandbox/faults", fault)
  }

  private func create() async -> TestBench.Answer {
    await bench.send("POST", "/identities" + TestBench.version)
  }

  @Test func `a status is answered as often as ordered`() async {
    let fault = #"{"method":"post","pathPrefix":"/identities","count":2,"status":503,"#
    #expect(await order(fault + #""retryAfterSeconds":7}"#).status == 201)
    for _ in 0..<2 {
      let answer = await create()
      #expect(answer.status == 503)
      #expect(answer.code == "ServiceUnavailable")
      #expect(answer.response.headers["Retry-After"] == "7")
      #expect(answer.response.headers["x-weir-sandbox-fault"] == "fault-1")
    }
    #expect(await create().status == 201)
  }

  @Test func `some requests may pass first`() async {
    _ = await order(#"{"skip":1,"status":500}"#)
    #expect(await create().status == 201)
    #expect(await create().status == 500)
    #expect(await create().status == 201)
  }

  @Test func `a fault meets only what it names`() async {
    _ = await order(#"{"method":"DELETE","pathPrefix":"/identities/","status":500}"#)
    let id = await bench.createUser()
    #expect(await bench.issueToken(id).status == 200)
    #expect(await bench.send("DELETE", "/identities/\(id)" + TestBench.version).status == 500)
  }

  @Test func `a connection is dropped before or after the work`() async {
    let id = await bench.createUser()
    let target = "/identities/\(id)" + TestBench.version
    _ = await order(#"{"drop":"before"}"#)
    #expect(await bench.send("DELETE", target).response.isDropped)
    #expect(await bench.issueToken(id).status == 200)
    _ = await order(#"{"drop":"after"}"#)
    #expect(await bench.send("DELETE", target).response.isDropped)
    #expect(await bench.issueToken(id).code == "IdentityNotOwned")
  }

  @Test func `a delay waits on the clock`() async {
    let before = bench.clock.now()
    _ = await order(#"{"delaySeconds":2.5}"#)
    let answer = await create()
    #expect(bench.clock.now() - before == .milliseconds(2500))
    #expect(answer.status == 201)
    #expect(answer.response.headers["X-Processing-Time"] == "2500ms")
  }

  @Test(arguments: [(299, 201), (301, 401), (-301, 401)])
  func `a clock that is off refuses signatures`(_ seconds: Int, _ status: Int) async {
    _ = await order(#"{"clockOffsetSeconds":\#(seconds)}"#)
    let answer = await create()
    #expect(answer.status == status)
    #expect(status == 201 || answer.message.contains("margin of 5 minutes"))
    #expect(await create().status == 201)
  }

  @Test func `faults are listed, removed and cleared`() async {
    _ = await order(#"{"status":500,"count":null}"#)
    _ = await order(#"{"drop":"after","count":3}"#)
    let list = await bench.sendUnsigned("GET", "/_sandbox/faults").json["faults"]
    #expect(list?.arrayValue?.count == 2)
    #expect(list?[0]?["count"] == .null)
    #expect(list?[1]?["count"] == 3)
    #expect(await bench.sendUnsigned("DELETE", "/_sandbox/faults/fault-1").status == 204)
    #expect(await bench.sendUnsigned("DELETE", "/_sandbox/faults/fault-1").status == 404)
    #expect(await bench.sendUnsigned("DELETE", "/_sandbox/faults").status == 204)
    #expect(await create().status == 201)
  }

  @Test(
    arguments: [
      ("{}", "at least one"), (#"{"stats":500}"#, "Did you mean 'status'?"),
      (#"{"status":200}"#, "from 400 to 599"), (#"{"status":500.5}"#, "whole number"),
      (#"{"status":"500"}"#, "'status'"), (#"{"drop":"sometimes"}"#, "'before' or 'after'"),
      (#"{"status":500,"count":0}"#, "'count'"), (#"{"delaySeconds":-1}"#, "'delaySeconds'"),
      (#"{"delaySeconds":1e300}"#, "'delaySeconds'"), (#"{"status":500,"method":1}"#, "'method'"),
      ("[]", "JSON object"), ("nonsense", "JSON"),
    ]
  )
  func `a fault that makes no sense is refused`(_ fault: String, _ culprit: String) async {
    let answer = await order(fault)
    #expect(answer.status == 400)
    #expect(answer.message.contains(culprit))
  }

  @Test func `recent requests are shown newest first, as many as asked for`() async {
    let bench = TestBench { $0.rememberedRequests = 3 }
    for number in 0..<5 { _ = await bench.sendUnsigned("GET", "/nowhere/\(number)") }
    let all = await bench.sendUnsigned("GET", "/_sandbox/requests").json["requests"]?.arrayValue
    #expect(all?.map { $0.text("target") } == ["/nowhere/4", "/nowhere/3", "/nowhere/2"])
    let one = await bench.sendUnsigned("GET", "/_sandbox/requests?limit=1").json["requests"]
    #expect(one?.arrayValue?.count == 1)
    #expect(await bench.sendUnsigned("DELETE", "/_sandbox/requests").status == 204)
    let none = await bench.sendUnsigned("GET", "/_sandbox/requests").json["requests"]
    #expect(none?.arrayValue?.isEmpty == true)
  }

  @Test func `unknown paths of the sandbox name the known ones`() async {
    let answer = await bench.sendUnsigned("GET", "/_sandbox/fault")
    #expect(answer.status == 404)
    #expect(answer.message.contains("/_sandbox/faults"))
    #expect(await bench.sendUnsigned("PUT", "/_sandbox/faults").status == 405)
  }
}
