import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Simulation
import Testing

@Suite struct ChunkedTransferRunTests {
  private func run(_ inputs: String, _ world: SimulatedWorld) throws -> JSON {
    let text = """
      {"triggers": {"manual": {"type": "Request"}}, "actions": {"A": {"type": "Http",
      "inputs": \(inputs), "runtimeConfiguration": {"contentTransfer": {"transferMode": "Chunked"}}}}}
      """
    let flow = try SimulatedWorld.flow("pieces", Array(text.utf8))
    let state = try world.executor.run { try await world.process("a").start(flow).end() }
    return RunView.document(state)
  }

  @Test func `an upload goes out in pieces`() throws {
    let world = SimulatedWorld { request, _ in
      request.method == "POST"
        ? .respond(
          HTTPResponse(status: 200, headers: ["Location": "/up/1", "x-ms-chunk-size": "8"])
        ) : .respond(HTTPResponse(status: 201))
    }
    let document = try run(
      #"{"method": "POST", "uri": "https://h/files", "body": "0123456789abcdefghij"}"#,
      world
    )
    #expect(document["status"] == "Succeeded")
    let requests = world.transport.requests
    #expect(requests.map(\.method) == ["POST", "PATCH", "PATCH", "PATCH"])
    #expect(requests.map(\.target) == ["/files", "/up/1", "/up/1", "/up/1"])
    #expect(requests.dropFirst().flatMap(\.body) == Array("0123456789abcdefghij".utf8))
  }

  @Test func `a download is put together`() throws {
    let content = Array("0123456789abcdefghij".utf8)
    let world = SimulatedWorld { request, _ in
      let from = request.headers["Range"].flatMap { Int($0.dropFirst(6).dropLast()) } ?? 0
      let piece = Array(content[from..<min(from + 8, content.count)])
      let range = "bytes \(from)-\(from + piece.count - 1)/\(content.count)"
      return .respond(
        HTTPResponse(
          status: 206,
          headers: ["Content-Range": range, "Content-Type": "text/plain"],
          body: piece
        )
      )
    }
    let document = try run(#"{"method": "GET", "uri": "https://h/file"}"#, world)
    #expect(document["actions"]?[0]?["outputs"]?["body"] == "0123456789abcdefghij")
    #expect(document["actions"]?[0]?["outputs"]?["statusCode"] == 200)
    #expect(world.transport.requests.count == 3)
  }
}
