import CurlTransport
import HTTPMessages
import OrderedJSON
import Seams
import Testing

/// `weir sandbox start` as a child process, on a port that the system chose.
struct SandboxServer: Sendable {
  let process: WeirProcess
  let settings: [String: String]
  /// Host and port.
  let authority: String
  private let transport = CurlTransport(userAgent: "tests")

  init(in place: Workplace, options: [String] = []) async throws {
    let process = try place.start(
      ["sandbox", "start", "--listen", "127.0.0.1:0", "--output", "json"] + options
    )
    self.process = process
    try await eventually { process.output.hasSuffix("\n") || !process.isRunning }
    let members = try #require(JSON(parsing: process.output).objectValue?.members)
    settings = Dictionary(members.map { ($0.key, $0.value.stringValue ?? "") }) { $1 }
    let parts = (settings[Self.setting] ?? "").split(separator: "/")
    authority = parts.count > 1 ? String(parts[1]) : ""
  }

  static let setting = "AZURE_COMMUNICATION_CONNECTION_STRING"

  var connectionString: String { settings[Self.setting] ?? "" }

  var port: UInt16 { UInt16(authority.split(separator: ":").last ?? "") ?? 0 }

  var accessKey: String {
    connectionString.split(separator: "accesskey=").last.map(String.init) ?? ""
  }

  /// What a client needs.
  var environment: [String: String] { [Self.setting: connectionString] }

  /// Ends it, and waits for that.
  func stop() async throws -> WeirProcess.Outcome {
    process.interrupt()
    return try await process.end()
  }

  /// Holds back the answer to the request after the next `skip`, for longer than any test takes.
  func holdRequest(after skip: Int) async throws {
    let fault: JSON = [
      "pathPrefix": "/identities", "skip": .integer(Int64(skip)), "delaySeconds": 3600,
    ]
    _ = try await send("POST", "faults", fault)
  }

  /// Performs the next request of a path, and loses its answer.
  func loseAnswer(to path: String) async throws {
    _ = try await send("POST", "faults", ["pathPrefix": .string(path), "drop": "after"])
  }

  /// Waits until the request that `holdRequest` means has come.
  func waitForHeldRequest() async throws {
    try await eventually { try await send("GET", "faults")["faults"]?.arrayValue?.isEmpty == true }
  }

  /// The requests that were answered, oldest first, each as method and path without the user.
  func requests() async throws -> [String] {
    let list = try await send("GET", "requests")["requests"]?.arrayValue ?? []
    return list.reversed().map { request in
      let path = (request["target"]?.stringValue ?? "").prefix { $0 != "?" }
      let parts = path.split(separator: "/").map { $0.hasPrefix("8%3A") ? "ID" : $0 }
      return "\(request["method"]?.stringValue ?? "") /\(parts.joined(separator: "/"))"
    }
  }

  /// The messages that it took instead of sending them, newest first: of kind `mail` or `sms`.
  func captured(_ kind: String) async throws -> [JSON] {
    try await send("GET", kind)[kind]?.arrayValue ?? []
  }

  /// All requests that were answered, oldest first.
  func log() async throws -> [LoggedRequest] {
    let list = try await send("GET", "requests?limit=10000000")["requests"]?.arrayValue ?? []
    return list.reversed().map(LoggedRequest.init)
  }

  private func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
    let request = HTTPRequest(
      method: method,
      scheme: "http",
      authority: authority,
      target: "/_sandbox/\(path)",
      body: body.map { Array($0.text.utf8) } ?? []
    )
    let response = try await transport.send(request, limits: .standard)
    try #require(response.isSuccess)
    return try JSON(parsing: response.body)
  }
}
