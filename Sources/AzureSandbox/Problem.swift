internal import HTTPMessages
internal import OrderedJSON

/// An error answer of a service.
///
/// Source: Azure Communication fact sheet, sections 1.2 and 2.
struct Problem: Error {
  var status: Int
  var code: String
  var message: String
  var headers = HTTPFields()
  var refusal: CredentialRefusal?
  /// Whether `target`, `details` and `innererror` are there although nothing is in them.
  var hasAllMembers = false
  /// What exactly is wrong, for services that say so in `innererror`.
  var cause: (code: String, message: String)?

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  /// A credential that does not count; the service never says why, the sandbox does.
  static func denied(
    _ refusal: CredentialRefusal,
    message: String = "Denied by the resource provider."
  ) -> Problem {
    var problem = Problem(401, "Denied", message)
    problem.refusal = refusal
    return problem
  }

  static func badRequest(_ message: String) -> Problem { Problem(400, "BadRequest", message) }

  static func notFound(_ message: String) -> Problem { Problem(404, "NotFound", message) }

  static func validation(_ message: String) -> Problem {
    Problem(400, "ValidationError", message)
  }

  /// The error envelope.
  var response: HTTPResponse {
    var headers = headers
    headers.append("Content-Type", "application/json; charset=utf-8")
    var error: JSONObject = ["code": .string(code), "message": .string(message)]
    if let cause {
      error["innererror"] = ["code": .string(cause.code), "message": .string(cause.message)]
    }
    for member in hasAllMembers ? ["target", "details", "innererror"] : [] {
      error[member] = .null
    }
    let body: JSON = ["error": .object(error)]
    return HTTPResponse(status: status, headers: headers, body: body.bytes)
  }
}
