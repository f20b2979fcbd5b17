import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct ChatMessageTests {
  private let chat = ChatBench()

  @Test func `a message is shown with its sender and a version`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana, with: [ben])
    let body =
      #"{"content":"<b>hé</b>","type":"html","senderDisplayName":"Bé","metadata":{"a":"b"}}"#
    let sent = await chat.send(ben, "POST", thread + "/messages", body)
    #expect(sent.status == 201)
    let id = sent.json.text("id")
    let message = await chat.send(ana, "GET", thread + "/messages/" + id).json
    #expect(message.text("type") == "html")
    #expect(message["content"] == ["message": "<b>hé</b>"])
    #expect(message.text("senderDisplayName") == "Bé")
    #expect(message["senderCommunicationIdentifier"]?.text("rawId") == ben.id)
    #expect(message["metadata"] == ["a": "b"])
    #expect(message.text("sequenceId") == "2")
    #expect(message.text("version") == id)
    #expect(message["editedOn"] == nil)
  }

  @Test func `messages come newest first, in pages that new ones do not shift`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    for text in ["one", "two", "three"] { _ = await chat.say(text, by: user, in: thread) }
    let first = await chat.messages(thread + "/messages?maxPageSize=2", by: user)
    #expect(first.texts == ["three", "two"])
    _ = await chat.say("four", by: user, in: thread)
    let second = await chat.messages(first.next ?? "", by: user)
    #expect(second.texts == ["one", "participantAdded"])
    #expect(second.next == nil)
  }

  @Test func `ids are unique within a millisecond`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    var ids: Set<String> = []
    for _ in 0..<5 { ids.insert(await chat.say("x", by: user, in: thread)) }
    #expect(ids.count == 5)
  }

  @Test func `a list may begin at a time`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    _ = await chat.say("old", by: user, in: thread)
    chat.bench.clock.advance(.seconds(60))
    _ = await chat.say("new", by: user, in: thread)
    let path = thread + "/messages?startTime=2026-03-02T08%3A10%3A00Z"
    #expect(await chat.messages(path, by: user).texts == ["new"])
    #expect(await chat.send(user, "GET", thread + "/messages?startTime=soon").status == 400)
    #expect(await chat.send(user, "GET", thread + "/messages?maxPageSize=201").status == 400)
    #expect(await chat.send(user, "GET", thread + "/messages?maxPageSize=0").status == 400)
  }

  @Test func `a newcomer sees what is shared`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana)
    let secret = await chat.say("before", by: ana, in: thread)
    chat.bench.clock.advance(.seconds(60))
    let who = #"{"rawId":"\#(ben.id)"}"#
    let body =
      #"{"participants":[{"communicationIdentifier":\#(who),"shareHistoryTime":"2026-03-02T08:10:00Z"}]}"#
    #expect(await chat.send(ana, "POST", thread + "/participants/:add", body).status == 201)
    #expect(await chat.messages(thread + "/messages", by: ben).texts == ["participantAdded"])
    #expect(await chat.send(ben, "GET", thread + "/messages/" + secret).status == 404)
  }

  @Test func `an edited message has a new version`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    let path = thread + "/messages/" + (await chat.say("hello", by: user, in: thread))
    let patch = #"{"content":"bye","metadata":{"a":"b","c":null}}"#
    #expect(await chat.send(user, "PATCH", path, patch).status == 204)
    let message = await chat.send(user, "GET", path).json
    #expect(message["content"] == ["message": "bye"])
    #expect(message["metadata"] == ["a": "b"])
    #expect(message.text("version") > message.text("id"))
    #expect(message.text("editedOn").isEmpty == false)
    #expect(await chat.send(user, "PATCH", path, #"{"metadata":{"a":null}}"#).status == 204)
    let cleared = await chat.send(user, "GET", path).json
    #expect(cleared["metadata"] == nil)
    #expect(cleared["content"] == ["message": "bye"])
  }

  @Test func `a deleted message has no content`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    let path = thread + "/messages/" + (await chat.say("hello", by: user, in: thread))
    #expect(await chat.send(user, "DELETE", path).status == 204)
    let message = await chat.send(user, "GET", path).json
    #expect(message["content"] == nil)
    #expect(message.text("deletedOn").isEmpty == false)
    #expect(await chat.send(user, "DELETE", path).status == 404)
    #expect(await chat.send(user, "PATCH", path, #"{"content":"x"}"#).status == 404)
  }

  @Test func `only the sender changes a message`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana, with: [ben])
    let path = thread + "/messages/" + (await chat.say("hello", by: ana, in: thread))
    #expect(await chat.send(ben, "PATCH", path, #"{"content":"x"}"#).status == 403)
    #expect(await chat.send(ben, "DELETE", path).status == 403)
    let list = await chat.send(ana, "GET", thread + "/messages").json["value"]?.arrayValue ?? []
    let notice = thread + "/messages/" + (list.last?.text("id") ?? "")
    #expect(await chat.send(ana, "DELETE", notice).status == 403)
  }

  @Test func `a message has at most 28 KB`() async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    func send(_ bytes: Int) async -> TestBench.Answer {
      let text = String(repeating: "x", count: bytes)
      return await chat.send(user, "POST", thread + "/messages", #"{"content":"\#(text)"}"#)
    }
    #expect(await send(28 << 10).status == 201)
    let refused = await send(28 << 10 + 1)
    #expect(refused.status == 413)
    #expect(refused.code == "MessageTooLarge")
  }

  @Test(
    arguments: [
      #"{}"#, #"{"content":""}"#, #"{"content":7}"#, #"{"content":"x","type":"topicUpdated"}"#,
      #"{"content":"x","metadata":{"a":1}}"#, #"{"content":"x","metadata":"a"}"#, #"["#, #"7"#,
    ]
  )
  func `what is no message is refused`(_ body: String) async {
    let user = await chat.user()
    let thread = await chat.thread(by: user)
    #expect(await chat.send(user, "POST", thread + "/messages", body).status == 400)
  }

  @Test func `receipts tell how far each one has read`() async {
    let (ana, ben) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana, with: [ben])
    let first = await chat.say("one", by: ana, in: thread)
    let second = await chat.say("two", by: ana, in: thread)
    for id in [first, second] {
      let answer = await chat.send(
        ben,
        "POST",
        thread + "/readReceipts",
        #"{"chatMessageId":"\#(id)"}"#
      )
      #expect(answer.status == 200)
    }
    let list = await chat.send(ana, "GET", thread + "/readReceipts").json["value"]?.arrayValue ?? []
    #expect(list.map { $0.text("chatMessageId") } == [second])
    #expect(list.first?["senderCommunicationIdentifier"]?.text("rawId") == ben.id)
    let unknown = #"{"chatMessageId":"12"}"#
    #expect(await chat.send(ben, "POST", thread + "/readReceipts", unknown).status == 404)
    #expect(await chat.send(ben, "POST", thread + "/readReceipts", "{}").status == 400)
  }

  @Test func `typing is taken from participants alone`() async {
    let (ana, stranger) = (await chat.user(), await chat.user())
    let thread = await chat.thread(by: ana)
    #expect(await chat.send(ana, "POST", thread + "/typing").status == 200)
    #expect(await chat.send(stranger, "POST", thread + "/typing").status == 403)
  }
}
