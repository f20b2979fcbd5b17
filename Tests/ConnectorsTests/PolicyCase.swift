import Connectors
import Definitions
import Fixtures
import OrderedJSON
import Testing

/// One case of `Data/policies.json`: policies around one POST operation.
struct PolicyCase: CustomTestStringConvertible, Sendable {
  var name: String
  var document: JSON

  var testDescription: String { name }

  static func all() throws -> [PolicyCase] {
    try (Fixtures.json("ConnectorsTests/Data/policies.json").arrayValue ?? []).map { value in
      PolicyCase(name: value["name"]?.stringValue ?? "", document: value)
    }
  }

  func call() throws -> ConnectorCall {
    let connector = try SampleConnector.make(
      paths: """
        {"/items/{id}": {"post": {"operationId": "Op", "parameters": [
          {"name": "id", "in": "path", "type": "string", "required": true},
          {"name": "q", "in": "query", "type": "string"},
          {"name": "X-In", "in": "header", "type": "string"},
          {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}
        """,
      extra: #""securityDefinitions": {"k": {"type": "apiKey", "in": "header", "name": "X-Key"}}"#,
      properties: properties.text,
      runtime: document["runtime"]?.text
    )
    return ConnectorCall(connector: connector, operation: connector.operations[0])
  }

  private var properties: JSON {
    let policies = (document["policies"]?.arrayValue ?? []).map { policy -> JSON in
      var parameters = JSONObject()
      for member in policy["parameters"]?.objectValue?.members ?? [] {
        parameters["x-ms-apimTemplateParameter." + member.key] = member.value
      }
      parameters["x-ms-apimTemplate-operationName"] = policy["operations"]
      parameters["x-ms-apimTemplate-policySection"] = policy["section"]
      return ["templateId": policy["templateId"] ?? "", "parameters": .object(parameters)]
    }
    return [
      "connectionParameters": ["api_key": ["type": "securestring"]],
      "policyTemplateInstances": .array(policies),
    ]
  }

  var connection: ConnectionValues {
    var values: [String: String] = [:]
    for member in document["connection"]?.objectValue?.members ?? [] {
      values[member.key] = member.value.stringValue
    }
    return ConnectionValues(values: values)
  }

  var inputs: OperationInputs {
    var inputs: JSONObject = [
      "id": "7", "q": "1", "X-In": "h",
      "body": [
        "count": 3, "text": "a-b-a", "rows": [["k": "x", "v": 1], ["k": "y", "v": 2]],
        "map": ["a": ["v": 1]],
      ],
    ]
    for member in document["inputs"]?.objectValue?.members ?? [] {
      inputs[member.key] = member.value
    }
    return .named(inputs)
  }
}
