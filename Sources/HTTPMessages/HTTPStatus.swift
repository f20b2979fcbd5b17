/// The names of HTTP status codes as the workflow product writes them.
///
/// Source: .NET `System.Net.HttpStatusCode`; RFC 9110 section 15.
package enum HTTPStatus {
  /// For example `NotFound` for 404; the number itself when it has no name.
  package static func name(_ status: Int) -> String { names[status] ?? String(status) }

  private static let names: [Int: String] = [
    100: "Continue", 101: "SwitchingProtocols", 200: "OK", 201: "Created", 202: "Accepted",
    203: "NonAuthoritativeInformation", 204: "NoContent", 205: "ResetContent",
    206: "PartialContent", 207: "MultiStatus", 300: "Ambiguous", 301: "MovedPermanently",
    302: "Found", 303: "SeeOther", 304: "NotModified", 305: "UseProxy", 307: "TemporaryRedirect",
    308: "PermanentRedirect", 400: "BadRequest", 401: "Unauthorized", 402: "PaymentRequired",
    403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 406: "NotAcceptable",
    407: "ProxyAuthenticationRequired", 408: "RequestTimeout", 409: "Conflict", 410: "Gone",
    411: "LengthRequired", 412: "PreconditionFailed", 413: "RequestEntityTooLarge",
    414: "RequestUriTooLong", 415: "UnsupportedMediaType", 416: "RequestedRangeNotSatisfiable",
    417: "ExpectationFailed", 421: "MisdirectedRequest", 422: "UnprocessableEntity", 423: "Locked",
    424: "FailedDependency", 426: "UpgradeRequired", 428: "PreconditionRequired",
    429: "TooManyRequests", 431: "RequestHeaderFieldsTooLarge", 451: "UnavailableForLegalReasons",
    500: "InternalServerError", 501: "NotImplemented", 502: "BadGateway",
    503: "ServiceUnavailable", 504: "GatewayTimeout", 505: "HttpVersionNotSupported",
    507: "InsufficientStorage", 508: "LoopDetected", 511: "NetworkAuthenticationRequired",
  ]
}
