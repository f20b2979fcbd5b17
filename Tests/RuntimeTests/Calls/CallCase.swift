import Fixtures
import HTTPMessages
import OrderedJSON
import Testing

/// One call of a connector as data: the connector, the action, the service's answers, what is sent.
struct CallCase: CustomTestStringConvertible, Sendable {
  var name: String
  var document: JSON

  var testDescription: String { name }

  static func all() throws -> [CallCase] {
    try (Fixtures.json("RuntimeTests/Data/calls.json").arrayValue ?? []).map { value in
      CallCase(name: value["name"]?.stringValue ?? "", document: value)
    }
  }

  /// What the service answers, in order; the last one again and again.
  var answers: [HTTPResponse] {
    (document["answers"]?.arrayValue ?? []).map { answer in
      var headers = HTTPFields()
      for member in answer["headers"]?.objectValue?.members ?? [] {
        headers[member.key] = member.value.stringValue
      }
      var body: [UInt8] = []
      if let text = answer["body"]?.stringValue {
        body = Array(text.utf8)
      } else if let value = answer["body"] {
        headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
        body = value.bytes
      }
      return HTTPResponse(
        status: Int(answer["status"]?.integerValue ?? 200),
        headers: headers,
        body: body
      )
    }
  }

  /// How the requests differ from what is expected; empty when they do not.
  func differences(of requests: [HTTPRequest]) -> [String] {
    let expected = document["requests"]?.arrayValue ?? []
    var differences: [String] = []
    if requests.count != expected.count {
      differences.append("\(requests.count) requests: \(requests.map(\.url))")
    }
    for (index, (request, wanted)) in zip(requests, expected).enumerated() {
      differences += self.differences(of: request, wanted).map { "request \(index + 1): \($0)" }
    }
    return differences
  }

  private func differences(of request: HTTPRequest, _ wanted: JSON) -> [String] {
    var differences: [String] = []
    let line = "\(request.method) \(request.url)"
    if let text = wanted["line"]?.stringValue, text != line { differences.append(line) }
    for member in wanted["headers"]?.objectValue?.members ?? [] {
      let value = request.headers[member.key]
      if value != member.value.stringValue {
        differences.append("\(member.key): \(value ?? "(absent)")")
      }
    }
    let body = String(decoding: request.body, as: UTF8.self)
    if let text = wanted["body"]?.stringValue, text != body { differences.append(body) }
    return differences
  }
}
