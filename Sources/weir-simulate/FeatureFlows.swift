import OrderedJSON

/// The flows of features whose results are known beforehand.
enum FeatureFlows {
  private static let request: JSON = ["type": "Request", "kind": "Http"]
  /// Where every simulated flow begins, so that replays may begin there.
  private static let first: JSON = ["type": "Compose", "inputs": 1]

  private static func flow(_ trigger: JSON, _ actions: JSONObject) -> JSON {
    var all: JSONObject = ["Number": first]
    for member in actions.members { all[member.key] = member.value }
    return [
      "definition": [
        "parameters": ["secret": ["type": "securestring"]], "triggers": ["t": trigger],
        "actions": .object(all),
      ]
    ]
  }

  private static func after(_ name: String, _ statuses: [JSON] = ["Succeeded"]) -> JSON {
    .object([name: .array(statuses)])
  }

  // MARK: Batches

  static func gathering(_ size: Int) -> JSON {
    let criteria: JSON = ["messageCount": .integer(Int64(size))]
    return flow(
      [
        "type": "Batch",
        "inputs": ["mode": "Inline", "configurations": ["b": ["releaseCriteria": criteria]]],
      ],
      ["Items": ["type": "Compose", "inputs": "@triggerBody()", "runAfter": after("Number")]]
    )
  }

  static func sending(_ count: Int) -> JSON {
    let send: JSON = [
      "type": "SendToBatch",
      "inputs": [
        "batchName": "b", "content": "@item()",
        "host": ["triggerName": "t", "workflow": ["id": "gather"]],
      ],
    ]
    let each: JSON = [
      "type": "Foreach", "foreach": .string("@range(0,\(count))"), "actions": ["Send": send],
      "runAfter": after("Number"),
    ]
    return flow(request, ["Each": each])
  }

  // MARK: Answers

  static func answering(waits: Bool) -> JSON {
    let call: JSON = [
      "type": "Http", "runAfter": after("Number"),
      "inputs": ["method": "GET", "uri": "https://www.service.example/plain"],
    ]
    let answer: JSON = [
      "type": "Response", "runAfter": after("Call", ["Succeeded", "Failed", "TimedOut"]),
      "inputs": [
        "statusCode": 200,
        "body": ["run": "@workflow()['run']['name']", "id": "@triggerBody()?['id']"],
      ],
    ]
    var actions: JSONObject = ["Call": call, "Answer": answer]
    if waits {
      actions["Later"] = [
        "type": "Wait", "runAfter": after("Answer"),
        "inputs": ["interval": ["count": 8, "unit": "Second"]],
      ]
    }
    return flow(request, actions)
  }

  // MARK: Pages and pieces

  static let transferring: JSON = {
    let pages: JSON = [
      "type": "OpenApiConnection", "runAfter": after("Number"),
      "inputs": ["host": ["connectionName": "service", "operationId": "List"], "parameters": [:]],
      "runtimeConfiguration": ["paginationPolicy": ["minimumItemCount": 1000]],
    ]
    func pieces(_ inputs: JSONObject) -> JSON {
      [
        "type": "Http", "runAfter": after("Number"), "inputs": .object(inputs),
        "runtimeConfiguration": ["contentTransfer": ["transferMode": "Chunked"]],
      ]
    }
    let address = "https://www.service.example"
    return flow(
      request,
      [
        "Pages": pages, "Down": pieces(["method": "GET", "uri": .string("\(address)/download")]),
        "Up": pieces([
          "method": "POST", "uri": .string("\(address)/upload"),
          "headers": ["Content-Type": "text/plain"], "body": .string(SimulatedContent.text),
        ]),
      ]
    )
  }()
}
