import LanguageServer
import OrderedJSON
import Testing

struct ServerTests {
  private static let broken = """
    { "triggers": { "manual": { "type": "Request" } }, "actions": {
      "A": { "type": "Compose", "inputs": "größe 😀 @{concta('a')}" } } }
    """

  private func diagnostics(_ editor: Editor) -> [JSON] {
    editor.notices.last?["params"]?["diagnostics"]?.arrayValue ?? []
  }

  @Test func `problems have UTF-16 positions behind other letters`() throws {
    let editor = try Editor(Self.broken)
    let problem = try #require(diagnostics(editor).first)
    #expect(problem["code"] == "E0101" && problem["severity"] == 1 && problem["source"] == "weir")
    // "größe 😀 @{" begins at 39; the emoji counts twice.
    #expect(problem["range"]?["start"] == ["line": 1, "character": 50])
    #expect(problem["range"]?["end"] == ["line": 1, "character": 56])
  }

  @Test func `incremental changes are applied in order, and problems follow`() throws {
    var editor = try Editor(Self.broken)
    let fix: JSON = [
      "range": [
        "start": ["line": 1, "character": 50], "end": ["line": 1, "character": 56],
      ], "text": "concat",
    ]
    let more: JSON = [
      "range": ["start": ["line": 0, "character": 0], "end": ["line": 0, "character": 1]],
      "text": "{\n",
    ]
    editor.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(Editor.uri), "version": 2], "contentChanges": [fix, more],
      ]
    )
    #expect(diagnostics(editor) == [])
    #expect(editor.notices.last?["params"]?["version"] == 2)
    editor.notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(Editor.uri), "version": 3],
        "contentChanges": [["text": "{ \"triggers\": "]],
      ]
    )
    #expect(diagnostics(editor).first?["code"] == "J0001")
    editor.notify("textDocument/didClose", ["textDocument": ["uri": .string(Editor.uri)]])
    #expect(diagnostics(editor) == [])
  }

  @Test func `other files beside flows have no problems`() throws {
    var editor = try Editor("{}")
    for file in ["flows/connections.json", "flows/order.test.json", "package.json"] {
      let answers = editor.notify(
        "textDocument/didOpen",
        ["textDocument": ["uri": .string("file:///p/\(file)"), "version": 1, "text": "["]]
      )
      #expect(answers == [], "\(file)")
    }
  }

  // MARK: Life

  @Test func `requests before initialize and after shutdown are refused`() {
    var server = LanguageServer(project: LanguageProject(), version: "1")
    let hover: JSON = ["jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": [:]]
    #expect(server.handle(hover)[0]["error"]?["code"] == -32002)
    let start: JSON = ["jsonrpc": "2.0", "id": "a", "method": "initialize", "params": [:]]
    #expect(server.handle(start)[0]["result"]?["capabilities"] != nil)
    #expect(server.handle(start)[0]["error"]?["code"] == -32600)
    #expect(server.handle(["jsonrpc": "2.0", "id": 2, "method": "shutdown"])[0]["result"] == .null)
    #expect(server.handle(hover)[0]["error"]?["code"] == -32600)
    #expect(server.exitCode == nil)
    #expect(server.handle(["jsonrpc": "2.0", "method": "exit"]) == [])
    #expect(server.exitCode == 0)
  }

  @Test func `exit without shutdown is a failure`() {
    var server = LanguageServer(project: LanguageProject(), version: "1")
    _ = server.handle(["jsonrpc": "2.0", "method": "exit"])
    #expect(server.exitCode == 1)
  }

  @Test func `nonsense is answered and loses nothing`() throws {
    var editor = try Editor(Self.broken)
    #expect(editor.server.handle(Array("{".utf8))[0]["error"]?["code"] == -32700)
    #expect(editor.server.handle([0x22, 0xFF, 0x22])[0]["error"]?["code"] == -32700)
    #expect(editor.server.handle(.array([]))[0]["error"]?["code"] == -32600)
    #expect(editor.server.handle(["id": 1])[0]["error"]?["code"] == -32600)
    #expect(editor.server.handle(["id": 1, "result": 1]) == [])
    #expect(try editor.request("workspace/nothing", [:])["error"]?["code"] == -32601)
    #expect(editor.notify("$/anything", [:]) == [])
    #expect(editor.notify("textDocument/didChange", ["textDocument": 5]) == [])
    #expect(try editor.request("textDocument/hover", 5)["error"]?["code"] == -32602)
    let far: JSON = ["line": 99, "character": 9_999]
    #expect(try editor.ask("hover", ["position": far]) == .null)
    let negative: JSON = ["line": -1, "character": 0]
    #expect(try editor.ask("hover", ["position": negative])["failure"]?["code"] == -32602)
    #expect(try editor.ask("documentSymbol").arrayValue?.count == 2)
  }

  // MARK: Frames

  private func frames(_ text: String, in pieces: Int) -> [MessageFrames.Frame] {
    var frames = MessageFrames()
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: pieces).flatMap { start in
      frames.take(bytes[start..<min(start + pieces, bytes.count)])
    }
  }

  @Test(arguments: [1, 2, 7, 1_000])
  func `messages are cut out of any pieces`(size: Int) {
    let text =
      "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: x\r\n\r\n\"é\"Content-Length: 4\n\nnull"
    let found = frames(text.replacing("\"é\"", with: "[1]"), in: size)
    #expect(
      found == [
        .message(Array("{}".utf8)), .message(Array("[1]".utf8)), .message(Array("null".utf8)),
      ]
    )
  }

  @Test(arguments: [
    "Content-Length: -5\r\n\r\n", "Content-Length: 99999999999999999999\r\n\r\n",
    "Content-Length: 999999999\r\n\r\n", "Content-Length: many\r\n\r\n", "Length: 5\r\n\r\n",
    "\r\n\r\n", String(repeating: "x", count: 10_000),
  ])
  func `a broken header is passed over up to the next good one`(header: String) {
    let found = frames("\(header)Content-Length: 2\r\n\r\n{}", in: 64)
    #expect(found.last == .message(Array("{}".utf8)))
    #expect(
      found.count >= 2
        && found.dropLast().allSatisfy { if case .nonsense = $0 { true } else { false } }
    )
  }
}
