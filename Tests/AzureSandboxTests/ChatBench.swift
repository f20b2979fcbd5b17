import HTTPMessages
import OrderedJSON

@testable import AzureSandbox

/// Users of the sandbox who chat.
struct ChatBench: Sendable {
  static let version = "?api-version=2024-03-07"

  let bench: TestBench

  init(_ configure: (inout SandboxConfiguration) -> Void = { _ in }) {
    bench = TestBench(configure)
  }

  struct User: Sendable {
    let id: String
    let token: String

    /// As a participant of a request.
    var participant: String {
      #"{"communicationIdentifier":{"communicationUser":{"id":"\#(id)"}},"displayName":"\#(name)"}"#
    }

    var name: String { "User " + id.suffix(4) }
  }

  /// A new user with a token for these scopes.
  func user(_ scopes: String = #"["chat"]"#) async -> User {
    let body = #"{"createTokenWithScopes":\#(scopes)}"#
    let answer = await bench.send("POST", "/identities" + TestBench.version, body).json
    return User(
      id: answer["identity"]?.text("id") ?? "",
      token: answer["accessToken"]?.text("token") ?? ""
    )
  }

  /// Sends a request with a user's token; the target goes without `api-version`.
  func send(
    _ user: User,
    _ method: String,
    _ path: String,
    _ body: String = "",
    headers: HTTPFields = HTTPFields()
  ) async -> TestBench.Answer {
    let mark = path.contains("?") ? "&" : "?"
    var request = bench.request(method, path + mark + Self.version.dropFirst(), body)
    request.headers["Authorization"] = "Bearer " + user.token
    request.headers["Content-Type"] =
      method == "PATCH" ? "application/merge-patch+json" : "application/json"
    for field in headers.fields { request.headers[field.name] = field.value }
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  /// Creates a thread and returns its path.
  func thread(by user: User, with others: [User] = []) async -> String {
    let participants = others.map(\.participant).joined(separator: ",")
    let body = #"{"topic":"Order 1042","participants":[\#(participants)]}"#
    let answer = await send(user, "POST", "/chat/threads", body).json
    let id = answer["chatThread"]?.text("id") ?? ""
    return "/chat/threads/" + PercentEncoding.encode(id)
  }

  /// Sends a message and returns its id.
  func say(_ text: String, by user: User, in thread: String) async -> String {
    await send(user, "POST", thread + "/messages", #"{"content":"\#(text)"}"#).json.text("id")
  }

  /// The texts of a page of messages, and the path of the next one.
  func messages(_ path: String, by user: User) async -> (texts: [String], next: String?) {
    let answer = await send(user, "GET", path).json
    let texts = (answer["value"]?.arrayValue ?? []).map { message in
      message["content"]?["message"]?.stringValue ?? message.text("type")
    }
    let next = answer["nextLink"]?.stringValue.flatMap { link in
      HTTPRequest(method: "GET", url: link)?.target
    }
    return (texts, next?.replacing("&" + Self.version.dropFirst(), with: ""))
  }
}
