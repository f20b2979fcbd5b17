import Definitions
import OrderedJSON
import Testing

struct CompletionTests {
  @Test func `types of actions and triggers are offered`() throws {
    var editor = try Editor.actions("\"A\": { \"type\": \"‸\" }")
    #expect(try editor.labels().contains("OpenApiConnection"))
    editor.open("{ \"triggers\": { \"t\": { \"type\": ‸ } } }")
    #expect(try editor.labels().contains("Recurrence"))
  }

  @Test func `an item replaces the whole string, and adds quotes where there are none`() throws {
    let quoted = "{ \"actions\": { \"A\": { \"type\": \"Com‸p\" } } }"
    var editor = try Editor(quoted)
    #expect(
      try editor.completed("Compose", in: quoted)
        == "{ \"actions\": { \"A\": { \"type\": \"Compose\" } } }"
    )
    let bare = "{ \"actions\": { \"A\": { \"type\": ‸ } } }"
    editor.open(bare)
    #expect(
      try editor.completed("Compose", in: bare)
        == "{ \"actions\": { \"A\": { \"type\": \"Compose\" } } }"
    )
  }

  @Test func `inside of quotes only what is between them is replaced`() throws {
    let begun = "{ \"actions\": { \"A\": { \"type\": \"Scope\", \"act‸\" } } }"
    var editor = try Editor(begun)
    let key = try #require(
      try editor.ask("completion")["items"]?.arrayValue?.first { $0["label"] == "actions" }
    )
    #expect(key["textEdit"]?["newText"] == "actions")
    #expect(key["filterText"] == nil)
    #expect(
      try editor.completed("actions", in: begun)
        == "{ \"actions\": { \"A\": { \"type\": \"Scope\", \"actions\": {} } } }"
    )
    let open = "{ \"actions\": { \"A\": { \"type\": \"Com‸"
    editor.open(open)
    #expect(
      try editor.completed("Compose", in: open)
        == "{ \"actions\": { \"A\": { \"type\": \"Compose\""
    )
  }

  @Test func `members of an action depend on its type, without those that are there`() throws {
    var editor = try Editor.actions("\"A\": { \"type\": \"Foreach\", ‸ }")
    let labels = try editor.labels()
    #expect(labels.contains("foreach") && labels.contains("runAfter"))
    #expect(!labels.contains("type") && !labels.contains("else"))
    editor.open("{ \"actions\": { \"A\": { \"type\": \"Http\", \"inputs\": { \"‸\" } } } }")
    #expect(try Set(["method", "uri", "retryPolicy"]).isSubset(of: Set(editor.labels())))
  }

  @Test func `connections, operations, parameters and listed values come from the connectors`()
    throws
  {
    var editor = try Editor.actions(
      "\"A\": { \"type\": \"OpenApiConnection\", \"inputs\": { \"host\": { \"connectionName\": \"‸\" } } }"
    )
    #expect(try editor.labels() == ["acs"])
    let host = "\"host\": { \"connectionName\": \"acs\", \"operationId\": "
    editor.open(
      "{ \"actions\": { \"A\": { \"type\": \"OpenApiConnection\", \"inputs\": { \(host)\"‸\" } } } } }"
    )
    #expect(try editor.labels().contains("IssueIdentityAccessToken"))
    let call = "\(host)\"IssueIdentityAccessToken\" }, \"parameters\": "
    editor.open(
      "{ \"actions\": { \"A\": { \"type\": \"OpenApiConnection\", \"inputs\": { \(call){ ‸ } } } } }"
    )
    #expect(try Set(["identityId", "body/scopes"]).isSubset(of: Set(editor.labels())))
    editor.open(
      "{ \"actions\": { \"A\": { \"type\": \"OpenApiConnection\", \"inputs\": { \(call){ \"body/scopes\": [\"‸\"] } } } } }"
    )
    #expect(try editor.labels().contains("voip"))
  }

  @Test func `runAfter offers the actions beside, and their statuses`() throws {
    var editor = try Editor.actions(
      """
      "First": { "type": "Compose", "inputs": 1 },
      "S": { "type": "Scope", "actions": { "Inner": { "type": "Compose", "inputs": 1 } } },
      "B": { "type": "Compose", "inputs": 1, "runAfter": { ‸ } }
      """
    )
    #expect(try editor.labels() == ["First", "S"])
    editor.open("{ \"actions\": { \"A\": {}, \"B\": { \"runAfter\": { \"A\": [\"‸\"] } } } }")
    #expect(try editor.labels() == ["Succeeded", "Failed", "Skipped", "TimedOut"])
  }

  @Test(arguments: [
    "@‸", "@con‸", "@concat(‸)", "Hello @{‸", "Hello @{con‸cat('a')} and", "@if(true, ‸",
  ])
  func `functions are offered where an expression may begin`(text: String) throws {
    var editor = try Editor.actions("\"A\": { \"type\": \"Compose\", \"inputs\": \"\(text)\" }")
    let items = try editor.ask("completion")["items"]?.arrayValue ?? []
    let concat = try #require(items.first { $0["label"] == "concat" })
    #expect(concat["detail"] == "concat(text, ...)")
    #expect(
      concat["documentation"]?["value"]?.stringValue?.contains("All values as one text") == true
    )
  }

  @Test(arguments: ["plain ‸", "@@con‸", "a@b‸.c", "@{concat('a')} then ‸", "‸@concat()"])
  func `nothing is offered in plain text`(text: String) throws {
    var editor = try Editor.actions("\"A\": { \"type\": \"Compose\", \"inputs\": \"\(text)\" }")
    #expect(try editor.labels() == [])
  }

  @Test func `names are offered inside expressions, also behind other letters and escapes`() throws
  {
    let text = """
      { "actions": {
        "Get \\"größe\\"": { "type": "Http" },
        "I": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "count", "type": "integer" }] } },
        "B": { "type": "Compose", "inputs": "\\"😀\\" @{body('‸')}" }
      } }
      """
    var editor = try Editor(text)
    #expect(try editor.labels() == ["Get \"größe\"", "I", "B"])
    #expect(
      try editor.completed("Get \"größe\"", in: text).contains("@{body('Get \\\"größe\\\"')}\"")
    )
    editor.open(text.replacing("body('‸')", with: "variables('‸')"))
    #expect(try editor.labels() == ["count"])
    editor.open(text.replacing("body('‸')", with: "parameters('‸"))
    #expect(try editor.labels() == ["$connections"])
  }

  @Test func `loops are offered from the inside out`() throws {
    var editor = try Editor.actions(
      """
      "L": { "type": "Foreach", "foreach": [1], "actions": {
        "M": { "type": "Foreach", "foreach": [1], "actions": {
          "A": { "type": "Compose", "inputs": "@items('‸')" } } } } }
      """
    )
    #expect(try editor.labels() == ["M", "L"])
  }

  @Test(arguments: [
    "{ \"actions\": { \"A\": { \"type\": \"‸",
    "{ \"actions\": { \"A\": { \"type\": \"‸\n  \"inputs\": 1 } }",
    "{ \"actions\": { \"A\": { \"type\": ‸\n  \"inputs\": { \"a\": 1 }\n },\n \"B\": {} } }",
    "{ \"actions\": { \"Z\": { \"type\": \"Compose\", \"inputs\": [1, }, \"A\": { \"type\": ‸",
  ])
  func `a half-written text is completed`(text: String) throws {
    var editor = try Editor(text)
    #expect(try editor.labels().contains("Compose"))
  }

  @Test func `no text and no place stops completion`() throws {
    let text = String(decoding: try Editor.connector().document.bytes.prefix(3_000), as: UTF8.self)
    var editor = try Editor("{}")
    for end in stride(from: 0, to: text.count, by: 37) {
      editor.open(text.prefix(end) + "‸" + text.dropFirst(end))
      _ = try editor.labels()
      _ = try editor.ask("hover")
    }
    editor.open(String(repeating: "[{\"a\":", count: 5_000) + "‸")
    _ = try editor.labels()
  }
}
