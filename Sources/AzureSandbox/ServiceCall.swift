internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// A request that reached an operation: known path, valid credential, supported version.
struct ServiceCall: Sendable {
  let request: HTTPRequest
  /// The named segments of the path, percent-decoded.
  let parameters: [String: String]
  /// The `api-version`.
  let version: String
  let now: Timestamp
  let admission: Admission

  /// The resource that the request is for.
  ///
  /// Operations of services that manage resources have none and must not ask.
  var resource: SandboxResource {
    guard let resource = admission.resource else {
      preconditionFailure("the service of '\(request.path)' has no resource")
    }
    return resource
  }

  /// The body as an object; an empty body counts as an empty object.
  func body() throws(Problem) -> JSONObject {
    guard !request.body.isEmpty else { return JSONObject() }
    let value: JSON
    do {
      value = try JSON(parsing: request.body, limits: Self.bodyLimits)
    } catch {
      throw .validation("The request body is not valid JSON: \(error.message).")
    }
    guard case .object(let object) = value else {
      throw .validation("The request body must be a JSON object, not \(value.kindName).")
    }
    return object
  }

  private static let bodyLimits = JSONLimits(byteCount: 64 << 20, depth: 64)
}

extension HTTPResponse {
  static func json(_ status: Int, _ body: JSON) -> HTTPResponse {
    HTTPResponse(
      status: status,
      headers: HTTPFields([jsonContentType]),
      body: body.bytes
    )
  }

  private static let jsonContentType = HTTPFields.Field(
    name: "Content-Type",
    value: "application/json; charset=utf-8"
  )
}
