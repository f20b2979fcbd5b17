import Fixtures
import OrderedJSON

/// Makes cases with random flows, answers and inputs.
struct RandomFlow {
  var random: SeededGenerator
  private var count = 0
  private var loops: [String] = []

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  mutating func flowCase() -> FlowCase {
    let actions = block(depth: 3)
    return FlowCase([
      "name": "random", "actions": .object(actions), "responses": .object(responses()),
      "inputs": .array(inputs()), "parameters": ["p": ["type": "securestring"]],
      "values": ["p": "secret-parameter"],
      "outputs": ["o": ["type": "Array", "value": .string("@createArray(\(term()))")]],
    ])
  }

  private mutating func pick<Element>(_ elements: [Element], or other: Element) -> Element {
    elements.randomElement(using: &random) ?? other
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  // MARK: Actions

  private mutating func block(depth: Int) -> JSONObject {
    var actions = JSONObject()
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      count += 1
      let name = "A\(count)"
      var action = action(name, depth: depth)
      action["runAfter"] = runAfter(Array(actions.keys))
      if chance(15) { action["limit"] = ["timeout": .string(pick(["PT5S", "PT1M"], or: "PT1S"))] }
      if chance(10) {
        action["runtimeConfiguration"] = ["secureData": ["properties": ["inputs", "outputs"]]]
      }
      actions[name] = .object(action)
    }
    return actions
  }

  private mutating func runAfter(_ earlier: [String]) -> JSON {
    var conditions = JSONObject()
    let statuses: [JSON] = ["Succeeded", "Failed", "Skipped", "TimedOut"]
    for name in earlier where chance(50) {
      let listed = statuses.filter { _ in chance(50) }
      conditions[name] = .array(listed.isEmpty ? ["Succeeded"] : listed)
    }
    return .object(conditions)
  }

  private mutating func action(_ name: String, depth: Int) -> JSONObject {
    let simple = [
      "Compose", "Http", "Wait", "HttpWebhook", "Workflow", "Select", "Query", "ParseJson",
      "Response", "Terminate",
    ]
    let containers = ["Scope", "If", "Switch", "Foreach", "Until"]
    let type = pick(depth > 0 && chance(50) ? containers : simple, or: "Compose")
    var action: JSONObject = ["type": .string(type)]
    switch type {
    case "If": action["expression"] = .string("@\(pick(["true", "false", term()], or: "true"))")
    case "Switch":
      action["expression"] = .string("@\(term())")
      action["cases"] = ["c": ["case": 1, "actions": .object(block(depth: depth - 1))]]
      action["default"] = ["actions": .object(block(depth: depth - 1))]
      return action
    case "Foreach":
      action["foreach"] = .string(
        pick(["@range(0,3)", "@createArray()", "@\(term())"], or: "@null")
      )
    case "Until":
      action["expression"] = .string("@equals(\(term()), 1)")
      action["limit"] = ["count": 3]
    case "Scope": break
    default:
      action["inputs"] = inputs(of: type)
      return action
    }
    if action["type"] == "Foreach" || action["type"] == "Until" { loops.append(name) }
    action["actions"] = .object(block(depth: depth - 1))
    if type == "If", chance(50) { action["else"] = ["actions": .object(block(depth: depth - 1))] }
    return action
  }

  private mutating func inputs(of type: String) -> JSON {
    switch type {
    case "Http": ["method": "GET", "uri": .string("https://example.test/@{\(term())}")]
    case "Wait": ["interval": ["count": .string("@\(term())"), "unit": "Second"]]
    case "HttpWebhook":
      [
        "subscribe": [
          "method": "POST", "uri": "https://example.test", "body": "@listCallbackUrl()",
        ],
        "unsubscribe": ["method": "POST", "uri": "https://example.test"],
      ]
    case "Workflow": ["host": ["workflow": ["id": "other"]], "body": .string("@\(term())")]
    case "Select": ["from": "@range(0,3)", "select": .string("@\(term())")]
    case "Query": ["from": .string("@\(term())"), "where": "@equals(item(), 1)"]
    case "ParseJson": ["content": .string("@\(term())"), "schema": ["type": "object"]]
    case "Response": ["statusCode": 200, "body": .string("@\(term())")]
    case "Terminate": ["runStatus": .string(pick(["Failed", "Cancelled"], or: "Succeeded"))]
    default: .string("@\(term())")
    }
  }

  /// Something that may have a value, or not.
  private mutating func term() -> String {
    let name = "A\(Int.random(in: 1...max(1, count), using: &random))"
    let loop = pick(loops, or: "A1")
    let terms = [
      "1", "'text'", "outputs('\(name)')", "body('\(name)')?['id']", "actions('\(name)')",
      "item()", "items('\(loop)')", "iterationIndexes('\(loop)')", "result('\(name)')",
      "triggerBody()", "parameters('p')", "int('x')", "utcNow()", "guid()", "null",
    ]
    return pick(terms, or: "1")
  }

  // MARK: World

  private mutating func responses() -> JSONObject {
    var responses = JSONObject()
    let answers: [JSON] = [
      ["statusCode": 200, "body": ["id": "secret-answer"], "secret": ["/body/id"]],
      ["statusCode": 200, "after": 3], ["statusCode": 404], ["statusCode": 503],
      ["statusCode": 202, "pollLocation": "https://example.test/poll", "retryAfter": 1],
      ["hangs": true], ["failure": ["transient": true]], ["refusal": ["code": "BadGateway"]],
    ]
    for number in 0...count {
      responses["A\(number)"] = .array((0..<3).map { _ in pick(answers, or: [:]) } + [[:]])
    }
    return responses
  }

  private mutating func inputs() -> [JSON] {
    var inputs: [JSON] = []
    for number in 1...max(1, count) where chance(30) {
      inputs.append(["at": 4, "callback": .string("A\(number)"), "outputs": ["body": 1]])
    }
    if chance(40) {
      inputs.append(["at": .integer(.random(in: 0...40, using: &random)), "cancel": true])
    }
    return inputs.filter { $0["callback"]?.stringValue.map { $0 != "A0" && count > 0 } ?? true }
  }
}
