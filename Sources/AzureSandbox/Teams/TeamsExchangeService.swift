internal import HTTPMessages
internal import OrderedJSON

/// Gives those of Teams who are assigned to a resource a token of its own.
///
/// Source: Azure Communication fact sheet, section 2 ("Teams extension").
struct TeamsExchangeService: SandboxService {
  private let tokens: UserTokens

  init(_ tokens: UserTokens) { self.tokens = tokens }

  let versions = TeamsAssignmentService.versions
  let access = ServiceAccess.teamsUser

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/access/teamsExtension/:exchangeAccessToken") {
        [tokens] call throws(Problem) in
        guard case .teamsUser(let user) = call.admission.caller else {
          preconditionFailure("the exchange of Teams tokens takes users of Teams only")
        }
        _ = try call.body()
        return .json(
          200,
          [
            "identity": ["id": .string("8:orgid:\(user.id)")],
            "accessToken": tokens.issue(to: user, by: call),
          ]
        )
      }
    ]
  }
}
