import Fixtures
import Foundation
import OrderedJSON
import Testing

/// A whole editing session with the built program, over its standard streams.
@Suite struct LanguageServerToolTests {
  /// What an editor writes, and how it is read back.
  private struct Script {
    private(set) var input = ""
    private var number: Int64 = 0

    mutating func raw(_ text: String) { input += text }

    mutating func send(_ message: JSON) {
      let text = message.text
      raw("Content-Length: \(text.utf8.count)\r\n\r\n\(text)")
    }

    mutating func notify(_ method: String, _ parameters: JSON) {
      send(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
    }

    /// Returns the number of the request.
    @discardableResult
    mutating func request(_ method: String, _ parameters: JSON) -> Int64 {
      number += 1
      send(
        [
          "jsonrpc": "2.0", "id": .integer(number), "method": .string(method), "params": parameters,
        ]
      )
      return number
    }

    static func messages(in output: String) throws -> [JSON] {
      var rest = Array(output.utf8)[...]
      var messages: [JSON] = []
      while !rest.isEmpty {
        let end = try #require(rest.firstRange(of: Array("\r\n\r\n".utf8)))
        let header = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
        let length = try #require(Int(header.replacing("Content-Length: ", with: "")))
        messages.append(try JSON(parsing: Array(rest[end.upperBound..<end.upperBound + length])))
        rest = rest[(end.upperBound + length)...]
      }
      return messages
    }
  }

  private static let flow = """
    { "definition": {
      "triggers": { "manual": { "type": "Request" } },
      "parameters": { "pin": { "type": "securestring" } },
      "actions": {
        "Größe": { "type": "Compose", "inputs": { "a": 1 } },
        "Pin": { "type": "Compose", "inputs": "@parameters('pin')" },
        "Use": { "type": "Compose", "inputs": "@outputs('Größe')", "runAfter": { "Größe": ["Succeeded"] } }
      }
    } }
    """

  private static func place(_ uri: String, _ line: Int64, _ character: Int64) -> JSON {
    [
      "textDocument": ["uri": .string(uri)],
      "position": ["line": .integer(line), "character": .integer(character)],
    ]
  }

  @Test func `an editing session with malformed messages in between`() async throws {
    let place = try Workplace()
    try place.write(.string(Self.flow), to: "flows/size.json")
    try place.write(
      ["pin": ["type": "SecureString", "value": "4711-secret"]],
      to: "flows/parameters.json"
    )
    #expect(try await place.weir("run", "start", "size").exitCode == 0)
    let uri = "file://\(place.project.path)/flows/size.json"
    var script = Script()
    script.request("textDocument/hover", Self.place(uri, 0, 0))
    script.request("initialize", ["capabilities": [:]])
    script.notify("initialized", [:])
    script.raw("Content-Length: nonsense\r\n\r\n")
    script.notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": .string(uri), "version": 1, "text": .string(Self.flow)]]
    )
    let hover = script.request("textDocument/hover", Self.place(uri, 6, 55))
    let secret = script.request("textDocument/hover", Self.place(uri, 5, 7))
    script.raw("Content-Length: 99999999999\r\n\r\n")
    script.raw("Content-Length: 3\r\n\r\n{\u{1}}")
    script.request("workspace/unheardOf", [:])
    let definition = script.request("textDocument/definition", Self.place(uri, 6, 55))
    script.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri), "version": 2],
        "contentChanges": [
          [
            "range": [
              "start": ["line": 6, "character": 44], "end": ["line": 6, "character": 51],
            ],
            "text": "body(",
          ]
        ],
      ]
    )
    let completion = script.request("textDocument/completion", Self.place(uri, 6, 50))
    let rename = script.request(
      "textDocument/rename",
      [
        "textDocument": ["uri": .string(uri)], "position": ["line": 4, "character": 6],
        "newName": "Maß",
      ]
    )
    script.request("shutdown", .null)
    script.notify("exit", .null)

    let process = try WeirProcess(["lsp"], in: place, input: script.input)
    let outcome = try await process.end()
    #expect(outcome.exitCode == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let messages = try Script.messages(in: outcome.output)
    func result(_ id: Int64) throws -> JSON {
      try #require(messages.first { $0["id"] == .integer(id) })["result"] ?? .null
    }
    #expect(messages.first?["error"]?["code"] == -32002)
    #expect(try result(2)["capabilities"]?["positionEncoding"] == "utf-16")
    #expect(messages.count { $0["error"]?["code"] == -32700 } == 3)
    #expect(messages.contains { $0["error"]?["code"] == -32601 })
    #expect(try result(hover).text.contains("\\\"a\\\": 1"))
    #expect(try result(secret).text.contains("*sanitized*"))
    #expect(!outcome.output.contains("4711-secret"))
    #expect(try result(definition)["range"]?["start"] == ["line": 4, "character": 4])
    let labels = try result(completion)["items"]?.arrayValue?.compactMap {
      $0["label"]?.stringValue
    }
    #expect(labels?.contains("concat") == true)
    #expect(try result(rename)["changes"]?[uri]?.arrayValue?.isEmpty == false)
    let problems = messages.filter { $0["method"] == "textDocument/publishDiagnostics" }
    #expect(problems.first?["params"]?["diagnostics"] == [])
    #expect(problems.last?["params"]?["diagnostics"]?[0]?["code"] == "E0001")
  }

  @Test func `a client that goes away ends the server`() async throws {
    let place = try Workplace()
    let outcome = try await WeirProcess(["lsp"], in: place, input: "Content-Length: 10\r\n\r\n{")
      .end()
    #expect(outcome.exitCode == 1 && outcome.output.isEmpty)
  }
}
