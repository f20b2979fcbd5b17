import Engine
import HTTPMessages
import OrderedJSON
import Testing

/// The OpenAPI document that the service gives, to compare answers with.
struct APIDescription: Sendable {
  let document: JSON
  private let router: Router<Operation>
  private let schemas: [String: JSONSchema]

  struct Operation: Sendable {
    var id: String
    var method: String
    var pattern: String
    var role: String?
    var responses: JSON
  }

  init(_ document: JSON) throws {
    self.document = document
    var router = Router<Operation>()
    for path in document["paths"]?.objectValue?.members ?? [] {
      for member in path.value.objectValue?.members ?? [] where member.key != "parameters" {
        let operation = Operation(
          id: try #require(member.value["operationId"]?.stringValue),
          method: member.key.uppercased(),
          pattern: path.key,
          role: member.value["x-weir-role"]?.stringValue,
          responses: try #require(member.value["responses"])
        )
        router.add(operation.method, operation.pattern, operation)
      }
    }
    self.router = router
    var schemas: [String: JSONSchema] = [:]
    let components = document["components"]
    for name in components?["schemas"]?.objectValue?.keys.map(\.self) ?? [] {
      let reference: JSON = .string("#/components/schemas/\(name)")
      schemas[name] = JSONSchema(["$ref": reference, "components": components ?? [:]])
    }
    self.schemas = schemas
  }

  var operations: [Operation] {
    (document["paths"]?.objectValue?.members ?? []).flatMap { path in
      (path.value.objectValue?.members ?? []).filter { $0.key != "parameters" }
        .compactMap { member in
          guard case .found(let operation, _) = router.match(member.key.uppercased(), path.key)
          else { return nil }
          return operation
        }
    }
  }

  /// Compares an answer with what is described; returns the name of its operation.
  @discardableResult
  func check(_ answer: Answer, to request: HTTPRequest) -> String? {
    guard case .found(let operation, _) = router.match(request.method, request.target) else {
      if answer.status >= 400 { check(answer, "Error", request) }
      return nil
    }
    if answer.status >= 400 {
      check(answer, "Error", request)
      return operation.id
    }
    guard let described = operation.responses[String(answer.status)] else {
      Issue.record("\(request.method) \(request.target): \(answer.status) is not described")
      return operation.id
    }
    guard let content = described["content"]?.objectValue?.members.first else {
      #expect(answer.body.isEmpty, "\(request.method) \(request.target)")
      return operation.id
    }
    let type = answer.headers["Content-Type"] ?? ""
    #expect(type.hasPrefix(content.key), "\(request.method) \(request.target)")
    if request.method != "HEAD", content.key == "application/json",
      let reference = content.value["schema"]?["$ref"]?.stringValue
    {
      check(answer, String(reference.split(separator: "/").last ?? ""), request)
    }
    return operation.id
  }

  private func check(_ answer: Answer, _ schema: String, _ request: HTTPRequest) {
    guard request.method != "HEAD" else { return }
    let violations = schemas[schema]?.violations(of: answer.json) ?? []
    #expect(
      violations.isEmpty,
      "\(request.method) \(request.target): \(violations.map(\.text)) in \(answer.text)"
    )
    #expect(!answer.json.isNull || schema == "Any", "\(request.method) \(request.target)")
  }
}
