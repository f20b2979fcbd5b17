internal import HTTPMessages

/// An answer, and what the sandbox knows about how it came to be.
struct ServiceReply {
  var response: HTTPResponse
  /// For the `api-supported-versions` header of the service that answered.
  var supportedVersions: String?
  /// The `code` of the error, when it is one.
  var code: String?
  /// Why the credential was refused, when it was.
  var refusal: CredentialRefusal?
  /// In which deviant way the accepted signature was computed.
  var quirk: SigningQuirk?

  init(_ response: HTTPResponse) { self.response = response }

  init(_ problem: Problem, in dialect: ErrorDialect = .communication) {
    response = dialect.response(problem)
    code = response.headers["x-ms-error-code"] ?? problem.code
    refusal = problem.refusal
  }
}
