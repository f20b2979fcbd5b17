/// The four requests of the sample flow.
struct RawRequest {
  let method: String
  let target: String
  let body: [UInt8]

  static let count = 4

  /// The request of a step, which is about `user` after the first one.
  init(step: Int, user: String) {
    let version = "?api-version=2023-10-01"
    switch step {
    case 0: (method, target, body) = ("POST", "/identities\(version)", Array("{}".utf8))
    case 1:
      method = "POST"
      target = "/identities/\(user)/:issueAccessToken\(version)"
      body = Array(#"{"scopes":["chat","voip"],"expiresInMinutes":60}"#.utf8)
    case 2:
      (method, target) = ("POST", "/identities/\(user)/:revokeAccessTokens\(version)")
      body = []
    default: (method, target, body) = ("DELETE", "/identities/\(user)\(version)", [])
    }
  }

  /// The user that the answer to the first request names, as a part of a path.
  static func user(in response: [UInt8]) -> String {
    let mark = Array("\"id\":\"".utf8)
    guard let start = response.indices.first(where: { response[$0...].starts(with: mark) }) else {
      return ""
    }
    let id = response[(start + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }
    return String(decoding: id, as: UTF8.self).split(separator: ":").joined(separator: "%3A")
  }
}
