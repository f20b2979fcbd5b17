internal import OrderedJSON

/// Whom a service means, by the raw id: a user, a telephone, a user or an app of Teams.
///
/// Source: Azure Communication fact sheet, section 2 ("User id"); identifier model of the Chat API.
struct CommunicationIdentifier: Codable, Hashable, Sendable {
  enum Kind: String, Sendable {
    case communicationUser
    case phoneNumber
    case microsoftTeamsUser
    case microsoftTeamsApp
    case unknown
  }

  let rawID: String

  init(rawID: String) { self.rawID = rawID }

  /// Reads the identifier model: a raw id, the member of one kind, or both.
  ///
  /// - Throws: 400 `BadRequest`.
  init(_ value: JSON?) throws(Problem) {
    guard let object = value?.objectValue else {
      throw .badRequest("A communication identifier must be an object.")
    }
    let kinds = Self.members.filter { object[$0.rawValue]?.isNull == false }
    guard kinds.count <= 1 else {
      throw .badRequest("A communication identifier has the member of one kind only.")
    }
    let described = kinds.first.flatMap { Self.rawID($0, object[$0.rawValue] ?? .null) }
    guard let id = object["rawId"]?.stringValue ?? described, !id.isEmpty, id.utf8.count <= 512
    else {
      throw .badRequest("A communication identifier needs 'rawId' or the member of its kind.")
    }
    rawID = id
  }

  private static let members: [Kind] = [
    .communicationUser, .phoneNumber, .microsoftTeamsUser, .microsoftTeamsApp,
  ]

  private static func rawID(_ kind: Kind, _ value: JSON) -> String? {
    let cloud = value["cloud"]?.stringValue ?? "public"
    let realm = cloud == "public" ? "orgid" : cloud
    switch kind {
    case .communicationUser: return value["id"]?.stringValue
    case .phoneNumber: return value["value"]?.stringValue.map { "4:" + $0 }
    case .microsoftTeamsUser:
      let isAnonymous = value["isAnonymous"]?.boolValue == true
      return value["userId"]?.stringValue.map { "8:\(isAnonymous ? "teamsvisitor" : realm):\($0)" }
    case .microsoftTeamsApp: return value["appId"]?.stringValue.map { "28:\(realm):\($0)" }
    case .unknown: return nil
    }
  }

  var kind: Kind {
    let parts = rawID.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    switch (parts.first, parts.dropFirst().first) {
    case ("4", _): return .phoneNumber
    case ("28", _) where parts.count == 3: return .microsoftTeamsApp
    case ("8", "acs"), ("8", "dod-acs"), ("8", "gcch-acs"), ("8", "spool"):
      return .communicationUser
    case ("8", "orgid"), ("8", "dod"), ("8", "gcch"), ("8", "teamsvisitor"):
      return .microsoftTeamsUser
    default: return .unknown
    }
  }

  /// The identifier model of answers.
  var json: JSON {
    var object: JSONObject = ["kind": .string(kind.rawValue), "rawId": .string(rawID)]
    if let member { object[kind.rawValue] = member }
    return .object(object)
  }

  private var member: JSON? {
    let parts = rawID.split(separator: ":", maxSplits: 2).map(String.init)
    guard let tail = parts.last else { return nil }
    let realm = parts.count > 1 ? parts[1] : ""
    let cloud = JSON.string(["dod", "gcch"].contains(realm) ? realm : "public")
    switch kind {
    case .communicationUser: return ["id": .string(rawID)]
    case .phoneNumber: return ["value": .string(String(rawID.dropFirst(2)))]
    case .microsoftTeamsUser:
      return [
        "userId": .string(tail), "isAnonymous": .bool(realm == "teamsvisitor"), "cloud": cloud,
      ]
    case .microsoftTeamsApp: return ["appId": .string(tail), "cloud": cloud]
    case .unknown: return nil
    }
  }
}
