import Connectors
import Definitions
import Fixtures
import OrderedJSON
import Testing

/// One case of `Data/requests.json`.
struct RequestCase: CustomTestStringConvertible, Sendable {
  var name: String
  var document: JSON

  var testDescription: String { name }

  static func all() throws -> [RequestCase] {
    try (Fixtures.json("ConnectorsTests/Data/requests.json").arrayValue ?? []).map { value in
      RequestCase(name: value["name"]?.stringValue ?? "", document: value)
    }
  }

  func builder() throws -> RequestBuilder {
    var operation = document["operation"]?.objectValue ?? JSONObject()
    let path = operation.removeValue(forKey: "path")?.stringValue ?? "/"
    let method = operation.removeValue(forKey: "method")?.stringValue ?? "get"
    operation["operationId"] = "Op"
    let paths: JSON = [path: [method: .object(operation)]]
    let connector = try SampleConnector.make(paths: paths.text)
    return RequestBuilder(connector: connector, operation: connector.operations[0])
  }

  var inputs: OperationInputs {
    guard let call = document["call"] else {
      return .named(document["inputs"]?.objectValue ?? JSONObject())
    }
    return .path(
      PathCall(
        method: call["method"]?.stringValue ?? "",
        path: call["path"]?.stringValue ?? "",
        queries: call["queries"]?.objectValue ?? JSONObject(),
        headers: call["headers"]?.objectValue ?? JSONObject(),
        body: call["body"]
      )
    )
  }
}
