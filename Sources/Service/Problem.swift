import HTTPMessages
import OrderedJSON

/// An answer that says what went wrong: `{"error": {"code", "message", "details"?}}`.
///
/// Codes are the product's where it has one; messages are sentences.
///
/// Source: workflow language reference, section (g); Microsoft REST API guidelines, section 7.10.2.
struct Problem: Error, Sendable {
  var status: Int
  var code: String
  var message: String
  var details: [JSON] = []
  var headers = HTTPFields()

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  var response: ServiceResponse {
    var error: JSONObject = ["code": .string(code), "message": .string(message)]
    if !details.isEmpty { error["details"] = .array(details) }
    return ServiceResponse(status: status, json: ["error": .object(error)], headers: headers)
  }
}

extension Problem {
  static func badRequest(_ code: String, _ message: String) -> Problem {
    Problem(400, code, message)
  }

  /// The request would be understood if this were different.
  static func invalidContent(_ message: String) -> Problem {
    Problem(400, "InvalidRequestContent", message)
  }

  static func unauthenticated(_ message: String) -> Problem {
    var problem = Problem(401, "AuthenticationFailed", message)
    problem.headers["WWW-Authenticate"] = "Bearer realm=\"weir\""
    return problem
  }

  static func forbidden(_ message: String) -> Problem {
    Problem(403, "AuthorizationFailed", message)
  }

  static func notFound(_ code: String, _ message: String) -> Problem { Problem(404, code, message) }

  static func conflict(_ code: String, _ message: String) -> Problem { Problem(409, code, message) }

  /// The wait is how long until it may work, in seconds.
  static func tooManyRequests(_ message: String, wait: Double) -> Problem {
    var problem = Problem(429, "TooManyRequests", message)
    problem.headers["Retry-After"] = String(max(1, Int(wait.rounded(.up))))
    return problem
  }
}
