internal import HTTPMessages
internal import OrderedJSON

/// What tests tell Azure Resource Manager.
extension AdminService {
  static func managementOperations(_ resources: ResourceDirectory) -> [SandboxOperation] {
    [
      SandboxOperation("POST", pathPrefix + "verifications") { call throws(Problem) in
        try orderOutcome(call, resources)
      },
      SandboxOperation("POST", pathPrefix + "operation-failures") { call throws(Problem) in
        let body = try call.body()
        let failure = OperationFailure(
          code: body["code"]?.stringValue ?? "InternalServerError",
          message: body["message"]?.stringValue ?? "The sandbox was told to let this fail."
        )
        resources.content.change { $0.orderedFailures.append(failure) }
        return .json(201, ["code": .string(failure.code), "message": .string(failure.message)])
      },
    ]
  }

  /// Sets what becomes of a domain's verifications, begun or not.
  private static func orderOutcome(_ call: ServiceCall, _ resources: ResourceDirectory)
    throws(Problem) -> HTTPResponse
  {
    let body = try call.body()
    let type = body["verificationType"]?.stringValue
    guard let name = body["domain"]?.stringValue,
      let outcome = (body["outcome"]?.stringValue).flatMap(DomainVerification.Outcome.init),
      type == nil || DomainVerification.Kind(any: type ?? "") != nil
    else {
      throw .validation(
        "The body must have 'domain', 'outcome' (Verified, VerificationFailed or Pending), and may "
          + "have 'verificationType' (Domain, SPF, DKIM, DKIM2 or DMARC) and 'errorCode'."
      )
    }
    let kinds = type.flatMap(DomainVerification.Kind.init(any:)).map { [$0] }
    return try resources.content.change { content throws(Problem) in
      let paths = content.domains.keys.filter { $0.name.lowercased() == name.lowercased() }
      guard !paths.isEmpty else {
        throw Problem(404, "NotFound", "There is no domain '\(name)'.")
      }
      for path in paths {
        for kind in kinds ?? DomainVerification.Kind.allCases {
          content.domains[path]?.verifications[kind]?.outcome = outcome
          let code = body["errorCode"]?.stringValue ?? DomainVerification.usualErrorCode
          content.domains[path]?.verifications[kind]?.outcomeErrorCode = code
        }
      }
      return .json(200, ["domain": .string(name), "outcome": .string(outcome.rawValue)])
    }
  }
}
