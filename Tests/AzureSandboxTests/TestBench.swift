import Crypto
import HTTPMessages
import OrderedJSON
import Seams
import Synchronization
import Timekeeping

@testable import AzureSandbox

/// A sandbox with a clock that stands still, and a client that signs correctly.
final class TestBench: Sendable {
  static let host = "127.0.0.1:7080"

  let clock = TestClock()
  let sandbox: AzureSandbox
  private let entries: Entries

  private final class Entries: Sendable {
    let list = Mutex<[Log.Entry]>([])
  }

  init(
    storage: (any StateStorage)? = nil,
    _ configure: (inout SandboxConfiguration) -> Void = { _ in }
  ) {
    var configuration = SandboxConfiguration()
    configuration.seed = 42
    configuration.tokenSigning = .es256
    configure(&configuration)
    let entries = Entries()
    self.entries = entries
    sandbox = AzureSandbox(
      configuration: configuration,
      clock: clock,
      entropy: SystemEntropy(),
      storage: storage,
      log: Log { entry in entries.list.withLock { $0.append(entry) } }
    )
  }

  var logged: [Log.Entry] { entries.list.withLock { $0 } }

  /// An answer with its body read as JSON.
  struct Answer {
    let response: HTTPResponse
    let json: JSON

    init(_ response: HTTPResponse) {
      self.response = response
      json = (try? JSON(parsing: response.body)) ?? .null
    }

    var status: Int { response.status }
    var code: String { json["error"]?.text("code") ?? "" }
    var message: String { json["error"]?.text("message") ?? "" }
  }

  // MARK: Requests

  /// Sends a request with a correct signature.
  func send(
    _ method: String,
    _ target: String,
    _ body: String = "",
    headers: HTTPFields = HTTPFields(),
    keyIndex: Int = 0,
    as resource: SandboxResource? = nil,
    host: String = TestBench.host
  ) async -> Answer {
    var request = request(method, target, body, host: host)
    for field in headers.fields { request.headers.append(field.name, field.value) }
    sign(&request, keyIndex, as: resource)
    return Answer(await sandbox.handle(request))
  }

  /// Sends a request as it is, such as one to the sandbox's own paths.
  func sendUnsigned(_ method: String, _ target: String, _ body: String = "") async -> Answer {
    Answer(await sandbox.handle(request(method, target, body)))
  }

  func request(
    _ method: String,
    _ target: String,
    _ body: String,
    host: String = TestBench.host
  ) -> HTTPRequest {
    HTTPRequest(
      method: method,
      scheme: "http",
      authority: host,
      target: target,
      headers: ["Host": host],
      body: Array(body.utf8)
    )
  }

  func sign(
    _ request: inout HTTPRequest,
    _ keyIndex: Int = 0,
    as resource: SandboxResource? = nil
  ) {
    let hash = Base64.encode(SHA256.digest(request.body))
    let date = HTTPDate.text(clock.now())
    let message = "\(request.method)\n\(request.target)\n\(date);\(request.authority);\(hash)"
    let key = (resource ?? sandbox.resource).keys.all[keyIndex]
    let signature = Base64.encode(HMACSHA256.code(key: key, message: Array(message.utf8)))
    request.headers["x-ms-date"] = date
    request.headers["x-ms-content-sha256"] = hash
    request.headers["Authorization"] =
      "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=\(signature)"
  }

  // MARK: Frequent requests

  static let version = "?api-version=2023-10-01"

  /// Creates a user and returns its id.
  func createUser() async -> String {
    await send("POST", "/identities" + Self.version).json["identity"]?.text("id") ?? ""
  }

  func issueToken(_ id: String) async -> Answer {
    await send(
      "POST",
      "/identities/\(id)/:issueAccessToken" + Self.version,
      #"{"scopes":["chat"]}"#
    )
  }

  /// What the sandbox says about a token: `active`, `revoked`, `expired` or `foreign`.
  func state(of token: String) async -> String {
    let body: JSON = ["token": .string(token)]
    return await sendUnsigned("POST", "/_sandbox/tokens/inspect", body.text).json.text("status")
  }
}
