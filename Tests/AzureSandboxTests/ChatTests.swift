import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct ChatTests {
  private let chat = ChatBench()

  // MARK: Credentials

  @Test func `only the token of a user counts`() async {
    let target = "/chat/threads" + ChatBench.version
    let signed = await chat.bench.send("GET", target)
    #expect(signed.status == 401)
    #expect(signed.code == "Denied")
    #expect(await chat.bench.sendUnsigned("GET", target).status == 401)
    var changed = await chat.user()
    changed = ChatBench.User(id: changed.id, token: String(changed.token.dropLast(4)) + "AAAA")
    #expect(await chat.send(changed, "GET", "/chat/threads").status == 401)
    #expect(await chat.send(await chat.user(), "GET", "/chat/threads").status == 200)
  }

  @Test func `a token ends, and is revoked`() async {
    let user = await chat.user()
    let path = "/identities/\(user.id)/:revokeAccessTokens" + TestBench.version
    #expect(await chat.bench.send("POST", path).status == 204)
    #expect(await chat.send(user, "GET", "/chat/threads").status == 401)
    let other = await chat.user()
    chat.bench.clock.advance(.seconds(86_400))
    #expect(await chat.send(other, "GET", "/chat/threads").status == 401)
  }

  @Test func `a user token does not count elsewhere`() async {
    let user = await chat.user()
    #expect(await chat.send(user, "POST", "/identities", "{}").status == 401)
    #expect(await chat.send(user, "GET", "/rooms").status == 401)
  }

  @Test func `a token without a scope of chat may nothing`() async {
    let user = await chat.user(#"["voip"]"#)
    let answer = await chat.send(user, "GET", "/chat/threads")
    #expect(answer.status == 403)
    #expect(answer.code == "Forbidden")
  }

  @Test(arguments: [("chat.join", 201), ("chat.join.limited", 403)])
  func `tokens for joining leave threads as they are`(_ scope: String, _ adding: Int) async {
    let owner = await chat.user()
    let guest = await chat.user(#"["\#(scope)"]"#)
    let other = await chat.user()
    let thread = await chat.thread(by: owner, with: [guest])
    #expect(await chat.send(guest, "POST", "/chat/threads", #"{"topic":"x"}"#).status == 403)
    #expect(await chat.send(guest, "PATCH", thread, #"{"topic":"x"}"#).status == 403)
    #expect(await chat.send(guest, "DELETE", thread).status == 403)
    #expect(await chat.send(guest, "GET", thread).status == 200)
    #expect(await chat.say("hello", by: guest, in: thread).isEmpty == false)
    let body = #"{"participants":[\#(other.participant)]}"#
    #expect(await chat.send(guest, "POST", thread + "/participants/:add", body).status == adding)
    let removal = #"{"rawId":"\#(other.id)"}"#
    let removing = await chat.send(guest, "POST", thread + "/participants/:remove", removal)
    #expect(removing.status == (adding == 201 ? 204 : 403))
  }

  // MARK: Threads

  @Test func `a thread tells topic, time and maker`() async {
    let user = await chat.user()
    let answer = await chat.send(user, "POST", "/chat/threads", #"{"topic":"Order 1042"}"#)
    #expect(answer.status == 201)
    #expect(answer.json["invalidParticipants"] == [])
    let thread = answer.json["chatThread"]
    #expect(thread?.text("id").hasPrefix("19:") == true)
    #expect(thread?.text("topic") == "Order 1042")
    #expect(thread?.text("createdOn") == "2026-03-02T08:09:10Z")
    #expect(
      thread?["createdByCommunicationIdentifier"] == [
        "kind": "communicationUser", "rawId": .string(user.id),
        "communicationUser": ["id": .string(user.id)],
      ]
    )
  }

  @Test(arguments: [#"{}"#, #"{"topic":""}"#, #"{"topic":7}"#, #"{"topic":"x","participants":{}}"#])
  func `what is no thread is refused`(_ body: String) async {
    let answer = await chat.send(await chat.user(), "POST", "/chat/threads", body)
    #expect(answer.status == 400)
    #expect(answer.code == "BadRequest")
  }

  @Test func `a creation under the same id happens once`() async {
    let user = await chat.user()
    let headers: HTTPFields = ["repeatability-request-id": "any text"]
    var ids: Set<String> = []
    for _ in 0..<2 {
      let answer = await chat.send(
        user,
        "POST",
        "/chat/threads",
        #"{"topic":"x"}"#,
        headers: headers
      )
      #expect(answer.status == 201)
      ids.insert(answer.json["chatThread"]?.text("id") ?? "")
    }
    #expect(ids.count == 1)
    #expect(await chat.send(user, "GET", "/chat/threads").json["value"]?.arrayValue?.count == 1)
  }

  @Test func `a topic changes and a message says so`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    #expect(await chat.send(user, "PATCH", thread, #"{"topic":"New"}"#).status == 204)
    #expect(await chat.send(user, "PATCH", thread, #"{}"#).status == 204)
    #expect(await chat.send(user, "GET", thread).json.text("topic") == "New")
    #expect(
      await chat.messages(thread + "/messages", by: user).texts == [
        "topicUpdated", "participantAdded",
      ]
    )
  }

  @Test func `a patch of another type is refused`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    let headers: HTTPFields = ["Content-Type": "text/plain"]
    let answer = await chat.send(user, "PATCH", thread, #"{"topic":"New"}"#, headers: headers)
    #expect(answer.status == 415)
  }

  @Test func `a deleted thread is known as deleted and takes nothing more`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    #expect(await chat.send(user, "DELETE", thread).status == 204)
    #expect(await chat.send(user, "GET", thread).json.text("deletedOn").isEmpty == false)
    #expect(await chat.send(user, "DELETE", thread).status == 403)
    #expect(await chat.send(user, "POST", thread + "/messages", #"{"content":"x"}"#).status == 403)
  }

  @Test func `a list shows the threads of the user, the latest news first`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let first = await chat.thread(by: ana, with: [ben])
    chat.bench.clock.advance(.seconds(1))
    let second = await chat.thread(by: ana)
    func list(_ user: ChatBench.User) async -> [String] {
      let answer = await chat.send(user, "GET", "/chat/threads")
      return (answer.json["value"]?.arrayValue ?? []).map {
        "/chat/threads/" + PercentEncoding.encode($0.text("id"))
      }
    }
    #expect(await list(ana) == [second, first])
    #expect(await list(ben) == [first])
    chat.bench.clock.advance(.seconds(1))
    _ = await chat.say("hello", by: ben, in: first)
    #expect(await list(ana) == [first, second])
  }

  @Test func `strangers and foreigners stay out`() async {
    let (ana, stranger) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana)
    for path in ["", "/messages", "/participants", "/readReceipts"] {
      #expect(await chat.send(stranger, "GET", thread + path).status == 403)
    }
    #expect(await chat.send(ana, "GET", "/chat/threads/19%3Anothing").status == 403)
    let foreign = "8:acs:00000000-0000-4000-8000-000000000000_0000002a-1b2c-3d4e-5f60-718293a4b5c6"
    let body =
      #"{"participants":[{"communicationIdentifier":{"rawId":"\#(foreign)"}},\#(stranger.participant)]}"#
    let answer = await chat.send(ana, "POST", thread + "/participants/:add", body)
    #expect(answer.status == 201)
    let refused = answer.json["invalidParticipants"]?.arrayValue
    #expect(refused?.map { $0.text("target") } == [foreign])
    #expect(await chat.send(stranger, "GET", thread).status == 200)
  }

  // MARK: Participants

  @Test func `participants come, are listed in pages, and go`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana, with: [ben])
    let page = await chat.send(ana, "GET", thread + "/participants?maxPageSize=1")
    #expect(page.json["value"]?.arrayValue?.count == 1)
    #expect(page.json.text("nextLink").contains("skip=1"))
    let rest = await chat.send(ana, "GET", thread + "/participants?skip=1")
    #expect(rest.json["value"]?[0]?.text("displayName") == ben.name)
    #expect(rest.json["nextLink"] == nil)
    let removal = #"{"communicationUser":{"id":"\#(ben.id)"}}"#
    let path = thread + "/participants/:remove"
    #expect(await chat.send(ana, "POST", path, removal).status == 204)
    #expect(await chat.send(ana, "POST", path, removal).status == 204)
    #expect(await chat.send(ben, "GET", thread).status == 403)
    #expect(await chat.send(ana, "POST", path, #"{"kind":"unknown"}"#).status == 400)
  }

  @Test func `a thread has at most 250 participants, and 200 come at once`() async {
    let ana = await chat.user()
    let thread = await chat.thread(by: ana)
    func add(_ numbers: Range<Int>) async -> Int {
      let list = numbers.map { #"{"communicationIdentifier":{"rawId":"8:orgid:\#($0)"}}"# }
      let body = #"{"participants":[\#(list.joined(separator: ","))]}"#
      return await chat.send(ana, "POST", thread + "/participants/:add", body).status
    }
    #expect(await add(0..<201) == 400)
    #expect(await add(0..<200) == 201)
    #expect(await add(200..<250) == 400)
    #expect(await add(200..<249) == 201)
    #expect(await add(0..<200) == 201)
  }

  // MARK: Windows

  @Test func `a user makes ten threads in ten seconds`() async {
    let user = await chat.user()
    for _ in 0..<10 {
      #expect(await chat.send(user, "POST", "/chat/threads", #"{"topic":"x"}"#).status == 201)
    }
    let refused = await chat.send(user, "POST", "/chat/threads", #"{"topic":"x"}"#)
    #expect(refused.status == 429)
    #expect(refused.response.headers["Retry-After"] == "10")
    #expect(refused.response.headers["x-weir-sandbox-limit"]?.hasPrefix("chat-create") == true)
    #expect(
      await chat.send(await chat.user(), "POST", "/chat/threads", #"{"topic":"x"}"#).status == 201
    )
    chat.bench.clock.advance(.seconds(10))
    #expect(await chat.send(user, "POST", "/chat/threads", #"{"topic":"x"}"#).status == 201)
  }

  @Test func `a thread takes ten messages in ten seconds and thirty in a minute`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    func send() async -> TestBench.Answer {
      await chat.send(user, "POST", thread + "/messages", #"{"content":"x"}"#)
    }
    for round in 0..<3 {
      for _ in 0..<10 { #expect(await send().status == 201) }
      if round < 2 { chat.bench.clock.advance(.seconds(10)) }
    }
    chat.bench.clock.advance(.seconds(10))
    let refused = await send()
    #expect(refused.status == 429)
    #expect(refused.response.headers["Retry-After"] == "30")
    chat.bench.clock.advance(.seconds(30))
    #expect(await send().status == 201)
    let unlimited = ChatBench { $0.chatLimits = nil }
    let talker = await unlimited.user()
    let open = await unlimited.thread(by: talker)
    for _ in 0..<50 { #expect(await unlimited.say("x", by: talker, in: open).isEmpty == false) }
  }
}
