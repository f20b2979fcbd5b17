import LanguageServer
import OrderedJSON
import Testing

struct FeatureTests {
  private static let flow = """
    "Get": { "type": "Compose", "inputs": { "größe 😀": 1 } },
    "Use": { "type": "Compose", "inputs": "\\"é\\" 😀 @{outputs('get')?['a']} @{concat(body('Get'), '''x''')}",
      "runAfter": { "Get": ["Succeeded"] } },
    "S": { "type": "Scope", "actions": {
      "Inner": { "type": "Compose", "inputs": { "@{outputs('Get')}": "Get" } } },
      "runAfter": { "Use": ["Succeeded"] } }
    """

  private func editor(_ old: String, _ new: String, recorded: JSON? = nil) throws -> Editor {
    #expect(Self.flow.contains(old))
    return try Editor.actions(
      Self.flow.replacing(old, with: new, maxReplacements: 1),
      recorded: recorded
    )
  }

  // MARK: Hover and definition

  @Test func `a function shows its signature, what it does and an example`() throws {
    var editor = try editor("@{concat(", "@{con‸cat(")
    let text = try editor.ask("hover")["contents"]?["value"]?.stringValue ?? ""
    #expect(text.contains("concat(text, ...)") && text.contains("gives `\"Hello World\"`"))
  }

  @Test func `a reference shows its action and the recorded value`() throws {
    var editor = try editor("body('Get')", "body('G‸et')", recorded: ["a": "*sanitized*"])
    let hover = try editor.ask("hover")
    let text = hover["contents"]?["value"]?.stringValue ?? ""
    #expect(text.contains("**Get** of type `Compose`") && text.contains("*sanitized*"))
    let range = hover["range"]
    #expect(range?["start"]?["line"] == 2)
  }

  @Test func `operations, parameters and members are explained`() throws {
    let call = """
      "A": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "acs",
        "operationId": "IssueIdentity‸AccessToken" }, "parameters": { "identityId": "8" } } }
      """
    var editor = try Editor.actions(call)
    #expect(try editor.ask("hover").text.contains("body/scopes"))
    let plain = call.replacing("‸", with: "")
    editor = try Editor.actions(plain.replacing("\"identityId\"", with: "\"ident‸ityId\""))
    #expect(try editor.ask("hover").text.contains("required, string"))
    editor = try Editor.actions("\"A\": { \"type\": \"Compose\", \"run‸After\": {} }")
    #expect(try editor.ask("hover").text.contains("must have ended before"))
  }

  @Test(arguments: ["outputs('g‸et')", "body('Get‸')"])
  func `the definition of a reference is the key of its action`(reference: String) throws {
    var editor = try editor(reference.replacing("‸", with: ""), reference)
    let range = try editor.ask("definition")["range"]
    #expect(range?["start"] == ["line": 1, "character": 0])
    #expect(range?["end"] == ["line": 1, "character": 5])
  }

  @Test func `variables and predecessors have a definition too`() throws {
    var editor = try editor("\"runAfter\": { \"Get\"", "\"runAfter\": { \"G‸et\"")
    #expect(try editor.ask("definition")["range"]?["start"]?["line"] == 1)
    editor = try Editor.actions(
      """
      "I": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer" }] } },
      "A": { "type": "Compose", "inputs": "@variables('‸N')" }
      """
    )
    #expect(try editor.ask("definition")["range"]?["start"]?["line"] == 1)
    #expect(try editor.ask("hover").text.contains("of type `integer`"))
  }

  // MARK: Symbols

  @Test func `symbols are a tree of triggers and actions`() throws {
    var editor = try Editor.actions(Self.flow)
    let symbols = try editor.ask("documentSymbol").arrayValue ?? []
    #expect(symbols.map { $0["name"] ?? .null } == ["manual", "Get", "Use", "S"])
    #expect(symbols[3]["children"]?[0]?["name"] == "Inner")
    #expect(symbols[3]["selectionRange"]?["start"] == ["line": 4, "character": 0])
  }

  // MARK: Rename

  @Test(arguments: [
    ("\"Get\": {", "\"G‸et\": {"), ("body('Get')", "body('‸Get')"),
    ("{ \"Get\": [", "{ \"Ge‸t\": ["),
  ])
  func `renaming changes the key, runAfter and all expressions, and nothing else`(
    old: String,
    new: String
  ) throws {
    var editor = try editor(old, new)
    let prepared = try editor.ask("prepareRename")
    #expect(prepared["placeholder"] == "Get")
    let result = try editor.ask("rename", ["newName": "L'été \"1\""])
    let edits = result["changes"]?[Editor.uri]?.arrayValue ?? []
    #expect(edits.count == 5)
    let text = Editor.applied(edits, to: Self.flow.replacing("\"Get\": {", with: "\"Get\": {"))
    _ = text
    let whole =
      "{ \"triggers\": { \"manual\": { \"type\": \"Request\" } }, \"actions\": {\n\(Self.flow)\n} }"
    let renamed = Editor.applied(edits, to: whole)
    #expect(renamed.contains("\"L'été \\\"1\\\"\": { \"type\": \"Compose\", \"inputs\": { \"größe"))
    #expect(
      renamed.contains(
        "@{outputs('L''été \\\"1\\\"')?['a']} @{concat(body('L''été \\\"1\\\"'), '''x''')}"
      )
    )
    #expect(renamed.contains("\"runAfter\": { \"L'été \\\"1\\\"\": ["))
    #expect(renamed.contains("{ \"@{outputs('L''été \\\"1\\\"')}\": \"Get\" }"))
  }

  @Test(arguments: ["", "use", "INNER", "a@b", "a\nb", String(repeating: "n", count: 81)])
  func `a name that is taken or invalid is refused`(name: String) throws {
    var editor = try editor("\"Get\": {", "\"G‸et\": {")
    let failure = try editor.ask("rename", ["newName": .string(name)])["failure"]
    #expect(failure?["code"] == -32803)
  }

  @Test func `only actions are renamed`() throws {
    var editor = try editor("concat(", "con‸cat(")
    #expect(try editor.ask("prepareRename") == .null)
    #expect(try editor.ask("rename", ["newName": "x"])["failure"]?["code"] == -32803)
  }

  // MARK: Format

  @Test func `formatting keeps order, spelling and short lines`() throws {
    let text = "{\"b\":1.50,\"a\":[1,2,{\"z\":\"\\u00e9\"}],\n\"c\":{\"long\":\n[]},\"b2\":{}}"
    var editor = try Editor(text)
    let options: JSONObject = ["options": ["tabSize": 2, "insertSpaces": true]]
    let edits = try editor.ask("formatting", options).arrayValue ?? []
    let formatted = Editor.applied(edits, to: text)
    #expect(
      formatted == """
        {
          "b": 1.50,
          "a": [1, 2, { "z": "\\u00e9" }],
          "c": {
            "long": []
          },
          "b2": {}
        }

        """
    )
    editor.open(formatted)
    #expect(try editor.ask("formatting", options) == [])
    editor.open(text + "}")
    #expect(try editor.ask("formatting", options) == [])
  }

  @Test(arguments: ["  ", "    ", "\t"])
  func `formatting keeps the indentation that a text has`(blanks: String) throws {
    let text = "{\n\(blanks)\"a\":1,\n\"b\":{\n\"c\":[]}}\n"
    var editor = try Editor(text)
    let options: JSONObject = ["options": ["tabSize": 8, "insertSpaces": false]]
    let edits = try editor.ask("formatting", options).arrayValue ?? []
    #expect(
      Editor.applied(edits, to: text)
        == "{\n\(blanks)\"a\": 1,\n\(blanks)\"b\": {\n\(blanks)\(blanks)\"c\": []\n\(blanks)}\n}\n"
    )
  }
}
