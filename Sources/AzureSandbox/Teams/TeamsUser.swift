internal import OrderedJSON
internal import Timekeeping

/// A user of Teams who has signed in to an application, as tests order it.
struct TeamsUser: Codable, Sendable {
  /// The object id in the directory.
  let id: String
  let application: String
  /// The token of the sign-in ends here, and so do those that it is exchanged for.
  let expires: Timestamp

  /// What the sandbox's own path answers.
  func json(token: String) -> JSON {
    [
      "token": .string(token), "appId": .string(application), "userId": .string(id),
      "expiresOn": .string(expires.textWithOffset),
    ]
  }
}
