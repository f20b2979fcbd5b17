import Diagnostics
import HTTPMessages
import OrderedJSON
import Seams

extension TestDecoder {
  private static let mockMembers = [
    "description", "action", "operation", "request", "flow", "indices", "inputs", "response",
    "responses", "callback",
  ]

  mutating func mocks(_ value: JSON, _ place: JSONPointer) -> [Mock] {
    let written = array(value, place)
    return written.indices.compactMap { mock(written[$0], place.appending($0)) }
  }

  private mutating func mock(_ value: JSON, _ place: JSONPointer) -> Mock? {
    guard let object = object(value, place, Self.mockMembers),
      let target = target(object, place), let answers = answers(object, place)
    else { return nil }
    let repeats = object["responses"] == nil
    var mock = Mock(target: target, answers: answers, repeats: repeats, pointer: place)
    mock.flow = object["flow"]?.stringValue
    mock.inputs = object["inputs"]
    if let indices = object["indices"] {
      let numbers = array(indices, place.appending("indices")).compactMap(\.integerValue)
      mock.indices = numbers.map { Int($0) }
    }
    if let callback = object["callback"] {
      mock.callback = self.callback(callback, place.appending("callback"))
    }
    return mock
  }

  private mutating func target(_ object: JSONObject, _ place: JSONPointer) -> Mock.Target? {
    let names = ["action", "operation", "request"].filter { object[$0] != nil }
    guard names.count == 1, let name = names.first, let value = object[name] else {
      report(
        .unfittingTestValue,
        names.isEmpty
          ? "the mock does not say what it stands for"
          : "the mock stands for \(names.joined(separator: " and ")) at once",
        place,
        hint: "give it one of \"action\", \"operation\" and \"request\""
      )
      return nil
    }
    let place = place.appending(name)
    if name == "request" { return request(value, place) }
    guard let text = value.stringValue, !text.isEmpty else {
      report(.unfittingTestValue, "'\(name)' is no name", place)
      return nil
    }
    if name == "action" { return .action(text) }
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return .operation(connector: nil, id: text) }
    return .operation(connector: parts[0], id: parts[1])
  }

  private mutating func request(_ value: JSON, _ place: JSONPointer) -> Mock.Target? {
    guard let object = object(value, place, ["method", "url"]) else { return nil }
    guard let url = object["url"]?.stringValue, !url.isEmpty else {
      report(
        .unfittingTestValue,
        "the request has no \"url\"",
        place,
        hint: "write {\"method\": \"GET\", \"url\": \"https://api.example.com/users/*\"}"
      )
      return nil
    }
    return .request(method: object["method"]?.stringValue?.uppercased(), url: url)
  }

  private mutating func answers(_ object: JSONObject, _ place: JSONPointer) -> [Mock.Answer]? {
    switch (object["response"], object["responses"]) {
    case (let response?, nil):
      return answer(response, place.appending("response")).map { [$0] }
    case (nil, let responses?):
      let place = place.appending("responses")
      let written = array(responses, place)
      let answers = written.indices.compactMap { answer(written[$0], place.appending($0)) }
      return answers.count == written.count ? answers : nil
    default:
      report(
        .unfittingTestValue,
        "the mock has \(object["response"] == nil ? "no answer" : "two kinds of answer")",
        place,
        hint: "write \"response\": {\"status\": 200, \"body\": {…}} for every call, or "
          + "\"responses\": [{…}, {…}] for one after the other"
      )
      return nil
    }
  }

  private mutating func answer(_ value: JSON, _ place: JSONPointer) -> Mock.Answer? {
    let known = ["status", "headers", "body", "after", "failure", "outputs", "error"]
    guard let object = object(value, place, known) else { return nil }
    let after = duration(object["after"], place.appending("after")) ?? .zero
    if let failure = object["failure"] {
      return self.failure(failure, place.appending("failure"), after)
    }
    let status = object["status"] ?? 200
    guard let code = status.integerValue, (100..<600).contains(code) else {
      report(.unfittingTestValue, "\(status.text) is no HTTP status", place.appending("status"))
      return nil
    }
    if let error = object["error"] {
      return .failure(
        code: error["code"]?.stringValue ?? "Failed",
        message: error["message"]?.stringValue ?? "",
        after: after
      )
    }
    if let outputs = object["outputs"] {
      return .outputs(statusCode: Int(code), outputs, after: after)
    }
    return .exchange(.success(response(Int(code), object, place)), after: after)
  }

  private mutating func failure(_ value: JSON, _ place: JSONPointer, _ after: Duration)
    -> Mock.Answer?
  {
    let kinds: [String: (TransportFailure.Kind, String)] = [
      "connection": (.connection, "nothing accepts connections"),
      "unknownHost": (.unknownHost, "the host name does not resolve"),
      "tls": (.tls, "the certificate was refused"),
    ]
    if value.stringValue == "timeout" {
      return .exchange(.success(HTTPResponse(status: 200)), after: nil)
    }
    guard let kind = value.stringValue.flatMap({ kinds[$0] }) else {
      report(
        .unfittingTestValue,
        "\(value.text) is no failure",
        place,
        hint: "write \"connection\", \"timeout\", \"unknownHost\" or \"tls\""
      )
      return nil
    }
    return .exchange(.failure(TransportFailure(kind.0, kind.1)), after: after)
  }

  private mutating func response(_ status: Int, _ object: JSONObject, _ place: JSONPointer)
    -> HTTPResponse
  {
    var response = HTTPResponse(status: status)
    for header in members(object["headers"], place.appending("headers")) {
      response.headers[header.key] = header.value.stringValue ?? header.value.text
    }
    guard let body = object["body"] else { return response }
    let (type, bytes) = MockBody.content(of: body, declared: response.headers["Content-Type"])
    response.body = bytes
    if let type { response.headers["Content-Type"] = type }
    return response
  }

  private mutating func callback(_ value: JSON, _ place: JSONPointer) -> Mock.Callback? {
    guard let object = object(value, place, ["headers", "body", "after"]) else { return nil }
    var payload = JSONObject()
    payload["headers"] = object["headers"] ?? [:]
    payload["body"] = object["body"]
    let after = duration(object["after"], place.appending("after")) ?? .zero
    return Mock.Callback(payload: .object(payload), after: after)
  }
}
