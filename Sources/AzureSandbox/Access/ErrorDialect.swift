internal import HTTPMessages
internal import OrderedJSON

/// The form in which a service writes what went wrong.
enum ErrorDialect: Sendable {
  /// `{"error": {…}}`.
  case communication
  /// The same, with `x-ms-error-code` beside it.
  case email
  /// As Azure Resource Manager does, whose codes for versions differ.
  case management

  func response(_ problem: Problem) -> HTTPResponse {
    let problem = self == .management && problem.status == 401 ? Self.unauthenticated : problem
    var response = problem.response
    if self == .email || self == .management {
      response.headers.append("x-ms-error-code", problem.code)
    }
    return response
  }

  /// What Azure Resource Manager says to a token that it does not take, and to none.
  private static let unauthenticated: Problem = {
    var problem = Problem(401, "InvalidAuthenticationToken", "The access token is invalid.")
    problem.headers.append("WWW-Authenticate", #"Bearer error="invalid_token""#)
    return problem
  }()

  func versionMissing() -> Problem {
    switch self {
    case .communication, .email:
      Problem(
        400,
        "ApiVersionUnspecified",
        "An API version is required, but was not specified."
      )
    case .management:
      Problem(
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests."
      )
    }
  }

  func versionUnknown(_ version: String, of request: HTTPRequest, known: String) -> Problem {
    switch self {
    case .communication, .email:
      let place = "\(request.scheme)://\(request.authority)\(request.path)"
      return Problem(
        400,
        "UnsupportedApiVersion",
        "The HTTP resource that matches the request URI '\(place)' does not support the API "
          + "version '\(version)'."
      )
    case .management:
      return Problem(
        400,
        "InvalidApiVersionParameter",
        "The api-version '\(version)' is invalid. The supported versions are '\(known)'."
      )
    }
  }
}
