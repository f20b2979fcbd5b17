import Connectors
import Definitions
import Fixtures
import Foundation
import LanguageServer
import OrderedJSON
import Testing

/// An editor with one open flow; `‸` in a text is where the cursor stands.
struct Editor {
  static let uri = "file:///project/flows/order.json"
  var server: LanguageServer
  private(set) var notices: [JSON] = []
  private var cursor = TextPosition(line: 0, character: 0)
  private var number: Int64 = 1

  init(_ marked: String, recorded: JSON? = nil) throws {
    let connector = try Self.connector()
    server = LanguageServer(
      project: LanguageProject(
        connections: { ["acs": "azure-communication-identity"] },
        connector: { $0 == connector.name ? connector : nil },
        recorded: { flow, action in flow == "order" && action == "Get" ? recorded : nil }
      ),
      version: "1"
    )
    _ = try request("initialize", ["capabilities": [:]])
    notify("initialized", [:])
    open(marked)
  }

  static func connector() throws -> Connector {
    let folder = "definitions/azure-communication-identity"
    func file(_ name: String) throws -> ConnectorFiles.File {
      ConnectorFiles.File(
        path: "\(folder)/\(name)",
        bytes: try Fixtures.sample("\(folder)/\(name)")
      )
    }
    let files = ConnectorFiles(
      name: "azure-communication-identity",
      definition: try file("apiDefinition.swagger.json"),
      properties: try file("apiProperties.json"),
      runtime: nil,
      hasScript: false
    )
    return try #require(ConnectorDecoder.decode(files).connector)
  }

  /// Opens a text, and puts the cursor where its mark is.
  mutating func open(_ marked: String) {
    let parts = marked.components(separatedBy: "‸")
    let text = parts.joined()
    let lines = parts[0].components(separatedBy: "\n")
    cursor = TextPosition(line: lines.count - 1, character: (lines.last ?? "").utf16.count)
    notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": .string(Self.uri), "version": 1, "text": .string(text)]]
    )
  }

  /// Opens a flow with these actions.
  static func actions(_ marked: String, recorded: JSON? = nil) throws -> Editor {
    try Editor(
      "{ \"triggers\": { \"manual\": { \"type\": \"Request\" } }, \"actions\": {\n\(marked)\n} }",
      recorded: recorded
    )
  }

  @discardableResult
  mutating func notify(_ method: String, _ parameters: JSON) -> [JSON] {
    let answers = server.handle(["jsonrpc": "2.0", "method": .string(method), "params": parameters])
    notices += answers
    return answers
  }

  mutating func request(_ method: String, _ parameters: JSON) throws -> JSON {
    number += 1
    let message: JSON = [
      "jsonrpc": "2.0", "id": .integer(number), "method": .string(method), "params": parameters,
    ]
    let answers = server.handle(message)
    try #require(answers.count == 1 && answers[0]["id"] == .integer(number))
    return answers[0]
  }

  /// The result of a request at the cursor.
  mutating func ask(_ feature: String, _ more: JSONObject = [:]) throws -> JSON {
    var parameters: JSONObject = [
      "textDocument": ["uri": .string(Self.uri)],
      "position": [
        "line": .integer(Int64(cursor.line)), "character": .integer(Int64(cursor.character)),
      ],
    ]
    for member in more.members { parameters[member.key] = member.value }
    let answer = try request("textDocument/\(feature)", .object(parameters))
    return answer["result"] ?? ["failure": answer["error"] ?? .null]
  }

  /// The labels that completion offers.
  mutating func labels() throws -> [String] {
    try (ask("completion")["items"]?.arrayValue ?? []).compactMap { $0["label"]?.stringValue }
  }

  /// The text after taking the item with a label.
  mutating func completed(_ label: String, in marked: String) throws -> String {
    let items = try ask("completion")["items"]?.arrayValue ?? []
    let item = try #require(items.first { $0["label"] == .string(label) }, "\(label)")
    let more = item["additionalTextEdits"]?.arrayValue ?? []
    return Self.applied([item["textEdit"] ?? .null] + more, to: marked.replacing("‸", with: ""))
  }

  /// A text after edits that do not overlap, in its order.
  static func applied(_ edits: [JSON], to text: String) -> String {
    let document = TextDocument(uri: "", version: 0, text: text)
    var bytes = document.bytes
    for edit in edits.reversed() {
      let places = ["start", "end"].map { place in
        TextPosition(
          line: Int(edit["range"]?[place]?["line"]?.integerValue ?? 0),
          character: Int(edit["range"]?[place]?["character"]?.integerValue ?? 0)
        )
      }.map { document.offset(of: $0) }
      bytes.replaceSubrange(places[0]..<places[1], with: (edit["newText"]?.stringValue ?? "").utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
