package import OrderedJSON
package import HTTPMessages
package import Timekeeping

/// Where in a run something is asked of the world.
package struct CallSite: Sendable {
  /// The call that the current task performs.
  @TaskLocal static var current: CallSite?

  package var flow: String
  package var action: String
  package var indices: [Int]
  package var inputs: JSON
  package var connector: String?
  package var operation: String?

  /// The action as expectations spell it, such as `Send[3]`.
  package var spelled: String {
    guard !indices.isEmpty else { return action }
    return "\(action)[\(indices.map(String.init).joined(separator: ","))]"
  }
}

/// A request that a run sent, or that a mock took in its place.
package struct SentRequest: Sendable {
  package var site: CallSite?
  package var time: Timestamp
  package var request: HTTPRequest

  /// As a test would write it.
  package var json: JSON {
    let headers = request.headers.fields.map { ($0.name.lowercased(), JSON.string($0.value)) }
    var object: JSONObject = [
      "method": .string(request.method), "url": .string(request.url),
      "headers": .object(JSONObject(headers)),
    ]
    if !request.body.isEmpty {
      object["body"] = MockBody.value(of: request.body, type: request.headers["Content-Type"])
    }
    return .object(object)
  }
}
