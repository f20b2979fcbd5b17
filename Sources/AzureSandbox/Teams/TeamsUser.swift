internal import OrderedJSON
internal import Timekeeping

/// A user of Teams who has signed in to an application, as tests order it.
struct TeamsUser: Codable, Sendable {
  /// The object id in the directory.
  let id: String
  let application: String
  /// The token of the sign-in ends here, and so do those that it is exchanged for.
  let expires: Timestamp
  /// The id of the directory; `nil` in state files of earlier versions.
  var tenant: String?

  /// What the sandbox's own path answers.
  func json(token: String) -> JSON {
    [
      "token": .string(token), "appId": .string(application), "userId": .string(id),
      "tenantId": .string(tenant ?? ""), "expiresOn": .string(expires.textWithOffset),
    ]
  }
}
