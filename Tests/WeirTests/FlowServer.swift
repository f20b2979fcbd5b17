import CurlTransport
import HTTPMessages
import OrderedJSON
import Seams
import Testing

/// `weir server start` as a child process, on a port that the system chose.
struct FlowServer: Sendable {
  let process: WeirProcess
  /// Such as `http://127.0.0.1:40000`.
  let url: String
  private let transport = CurlTransport(userAgent: "tests")

  init(
    in place: Workplace,
    _ options: String...,
    environment: [String: String] = [:],
    shell: String? = nil
  ) async throws {
    let words = ["server", "start", "--listen", "127.0.0.1:0", "--output", "json"]
    let process = try place.start(words + options, environment: environment, shell: shell)
    self.process = process
    try await eventually { process.output.hasSuffix("\n") || !process.isRunning }
    let document = try JSON(parsing: try #require(process.output.isEmpty ? nil : process.output))
    url = try #require(document["url"]?.stringValue)
  }

  /// Host and port.
  var authority: String { String(url.dropFirst("http://".count)) }

  struct Answer: Sendable {
    let status: Int
    let content: JSON
  }

  /// Sends a request to a path of the server, or to a whole URL.
  func send(_ method: String, _ place: String, _ body: JSON? = nil, token: String? = nil)
    async throws -> Answer
  {
    let url = place.hasPrefix("http") ? place : self.url + place
    var request = try #require(HTTPRequest(method: method, url: url))
    if let body {
      request.body = body.bytes
      request.headers.append("Content-Type", "application/json")
    }
    if let token { request.headers.append("Authorization", "Bearer \(token)") }
    let response = try await transport.send(request, limits: .standard)
    return Answer(status: response.status, content: (try? JSON(parsing: response.body)) ?? .null)
  }

  /// The figures by their names with labels, such as `weir_trigger_fires_total{outcome="started"}`.
  func figures() async throws -> [String: Double] {
    let request = try #require(HTTPRequest(method: "GET", url: url + "/metrics"))
    let response = try await transport.send(request, limits: .standard)
    var figures: [String: Double] = [:]
    for line in String(decoding: response.body, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, let value = Double(words[1]) { figures[String(words[0])] = value }
    }
    return figures
  }

  /// Asks it to end, and waits for that.
  func stop() async throws -> WeirProcess.Outcome {
    process.terminate()
    return try await process.end()
  }
}
