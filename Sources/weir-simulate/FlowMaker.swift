import OrderedJSON

/// Makes flows: whatever the language has, put together by a seed.
struct FlowMaker {
  let dice: Dice
  private var count = 0
  private var loops: [String] = []
  /// Actions that a term may read.
  private var known: [String] = []
  /// How many more actions there may be.
  private var room: Int
  private let child: String?
  private let connections: [String]

  /// `child` is a flow that actions may call, over one of the connections.
  init(
    _ dice: Dice,
    actions: Int,
    child: String? = nil,
    connections: [String] = [ServiceConnector.name]
  ) {
    self.dice = dice
    room = actions
    self.child = child
    self.connections = connections
  }

  /// The file of a flow with this trigger, and whether it answers.
  mutating func flow(_ trigger: JSON) -> JSON {
    var actions: JSONObject = [
      "Number": Self.variable("n", "integer", 0), "List": Self.variable("l", "array", []),
    ]
    actions["List"] = Self.after("Number", actions["List"])
    for member in block(depth: 2, isRoot: true).members { actions[member.key] = member.value }
    return [
      "definition": [
        "parameters": ["secret": ["type": "securestring"]],
        "triggers": ["t": trigger], "actions": .object(actions),
        "outputs": ["o": ["type": "Array", "value": .string("@createArray(\(term()))")]],
      ]
    ]
  }

  private static func variable(_ name: String, _ type: JSON, _ value: JSON) -> JSON {
    [
      "type": "InitializeVariable",
      "inputs": ["variables": [["name": .string(name), "type": type, "value": value]]],
    ]
  }

  private static func after(_ name: String, _ action: JSON?) -> JSON {
    var action = action?.objectValue ?? JSONObject()
    action["runAfter"] = .object([name: ["Succeeded"]])
    return .object(action)
  }

  // MARK: Blocks

  private mutating func block(depth: Int, isRoot: Bool = false) -> JSONObject {
    var actions = JSONObject()
    let wanted = isRoot ? 1 + dice.below(5) : dice.below(4)
    let isSequence = dice.chance(0.5)
    for _ in 0..<wanted where room > 0 {
      room -= 1
      count += 1
      let name = "A\(count)"
      var action = action(name, depth: depth)
      let conditions = runAfter(Array(actions.keys), isSequence: isSequence)
      action["runAfter"] =
        conditions.isEmpty && isRoot ? ["List": ["Succeeded"]] : .object(conditions)
      if dice.chance(0.06) {
        action["limit"] = ["timeout": .string(dice.pick(["PT2S", "PT20S", "PT2M"]))]
      }
      actions[name] = .object(action)
      known.append(name)
    }
    return actions
  }

  private func runAfter(_ earlier: [String], isSequence: Bool) -> JSONObject {
    guard let last = earlier.last else { return [:] }
    if isSequence {
      let statuses: JSON =
        dice.chance(0.75)
        ? ["Succeeded"] : dice.pick([["Failed", "TimedOut"], ["Succeeded", "Failed", "Skipped"]])
      return [last: statuses]
    }
    var conditions = JSONObject()
    for name in earlier where dice.chance(0.35) {
      conditions[name] = dice.chance(0.7) ? ["Succeeded"] : ["Succeeded", "Failed", "TimedOut"]
    }
    return conditions
  }

  // MARK: Actions

  private mutating func action(_ name: String, depth: Int) -> JSONObject {
    if depth > 0, room > 0, dice.chance(0.3) { return container(name, depth: depth) }
    switch dice.below(100) {
    case ..<22: return http()
    case ..<50: return operation()
    case ..<58: return wait()
    case ..<70: return ["type": "Compose", "inputs": .string("@\(term())")]
    case ..<80: return variables()
    case ..<86: return webhook()
    case ..<91: return child.map(Self.call) ?? ["type": "Compose", "inputs": "@guid()"]
    case ..<93: return ["type": "Terminate", "inputs": terminate()]
    default: return http(isSecure: true)
    }
  }

  private mutating func container(_ name: String, depth: Int) -> JSONObject {
    switch dice.below(6) {
    case 0: return ["type": "Scope", "actions": .object(block(depth: depth - 1))]
    case 1:
      return [
        "type": "If", "expression": .string("@\(dice.pick(["true", "equals(\(term()), 1)"]))"),
        "actions": .object(block(depth: depth - 1)),
        "else": ["actions": .object(block(depth: depth - 1))],
      ]
    case 2:
      return [
        "type": "Switch", "expression": .string("@\(dice.pick(["1", "2", "variables('n')"]))"),
        "cases": ["c": ["case": 1, "actions": .object(block(depth: depth - 1))]],
        "default": ["actions": .object(block(depth: depth - 1))],
      ]
    case 3:
      return [
        "type": "Until", "expression": "@greater(variables('n'), 2)",
        "limit": ["count": .integer(Int64(1 + dice.below(3))), "timeout": "PT1H"],
        "actions": .object(loop(name, depth)),
      ]
    default: return foreach(name, depth)
    }
  }

  private mutating func foreach(_ name: String, _ depth: Int) -> JSONObject {
    var action: JSONObject = [
      "type": "Foreach", "foreach": .string("@range(0,\(dice.below(5)))"),
    ]
    if dice.chance(0.3) {
      action["operationOptions"] = "Sequential"
    } else if dice.chance(0.4) {
      action["runtimeConfiguration"] = ["concurrency": ["repetitions": 2]]
    }
    loops.append(name)
    action["actions"] = .object(block(depth: depth - 1))
    loops.removeLast()
    return action
  }

  private mutating func loop(_ name: String, _ depth: Int) -> JSONObject {
    var actions = block(depth: depth - 1)
    actions["\(name)_step"] = [
      "type": "IncrementVariable", "inputs": ["name": "n", "value": 1],
      "runAfter": .object([:]),
    ]
    return actions
  }

  // MARK: Single actions

  private func http(isSecure: Bool = false) -> JSONObject {
    var inputs: JSONObject = [
      "method": .string(dice.pick(["GET", "POST", "PUT"])),
      "uri": .string("https://www.service.example/\(isSecure ? "secure" : "plain")"),
      "headers": ["X-Value": .string("@{\(term())}")],
    ]
    var action: JSONObject = ["type": "Http"]
    if isSecure {
      inputs["authentication"] = ["type": "Raw", "value": "@parameters('secret')"]
      action["runtimeConfiguration"] = ["secureData": ["properties": ["inputs", "outputs"]]]
    }
    retry(&inputs)
    action["inputs"] = .object(inputs)
    return action
  }

  private var connection: String {
    connections.count > 1 ? dice.pick(connections) : connections[0]
  }

  private func operation() -> JSONObject {
    var inputs: JSONObject = [
      "host": [
        "connectionName": .string(connection),
        "operationId": .string(dice.pick(["Create", "Read", "Secure"])),
      ],
      "parameters": ["value": .string("@{\(term())}")],
    ]
    retry(&inputs)
    return ["type": "OpenApiConnection", "inputs": .object(inputs)]
  }

  private func retry(_ inputs: inout JSONObject) {
    switch dice.below(10) {
    case 0: inputs["retryPolicy"] = ["type": "none"]
    case 1, 2: inputs["retryPolicy"] = ["type": "fixed", "count": 3, "interval": "PT5S"]
    case 3:
      inputs["retryPolicy"] = [
        "type": "exponential", "count": 2, "interval": "PT5S", "maximumInterval": "PT1M",
      ]
    default: break
    }
  }

  private func wait() -> JSONObject {
    let count = Int64(1 + dice.below(8))
    let unit = dice.pick(["Second", "Second", "Minute"])
    return [
      "type": "Wait", "inputs": ["interval": ["count": .integer(count), "unit": .string(unit)]],
    ]
  }

  private func variables() -> JSONObject {
    switch dice.below(3) {
    case 0:
      ["type": "SetVariable", "inputs": ["name": "n", "value": .integer(Int64(dice.below(4)))]]
    case 1: ["type": "IncrementVariable", "inputs": ["name": "n", "value": 1]]
    default:
      ["type": "AppendToArrayVariable", "inputs": ["name": "l", "value": .string("@\(term())")]]
    }
  }

  private func webhook() -> JSONObject {
    [
      "type": "HttpWebhook",
      "inputs": [
        "subscribe": [
          "method": "POST", "uri": "https://www.service.example/subscribe",
          "body": ["url": "@listCallbackUrl()"],
        ],
        "unsubscribe": ["method": "POST", "uri": "https://www.service.example/unsubscribe"],
      ],
    ]
  }

  private static func call(_ flow: String) -> JSONObject {
    ["type": "Workflow", "inputs": ["host": ["workflow": ["id": .string(flow)]], "body": 20]]
  }

  private func terminate() -> JSON {
    switch dice.below(3) {
    case 0: ["runStatus": "Failed", "runError": ["code": "Told", "message": "so"]]
    case 1: ["runStatus": "Cancelled"]
    default: ["runStatus": "Succeeded"]
    }
  }

  /// Something that may have a value, or not.
  private func term() -> String {
    if let loop = loops.last, dice.chance(0.4) { return "items('\(loop)')" }
    if !known.isEmpty, dice.chance(0.5) {
      let name = dice.pick(known)
      return dice.pick(["outputs('\(name)')", "body('\(name)')?['id']", "actions('\(name)')"])
    }
    return dice.pick([
      "1", "'text'", "variables('n')", "variables('l')", "triggerBody()", "parameters('secret')",
      "int(parameters('secret'))", "utcNow()", "guid()", "int('x')", "null", "appsetting('KEY')",
    ])
  }
}
