import Connectors
import OrderedJSON
import Runtime

/// What a client sends to make a connection.
struct ConnectionContent {
  let connector: String
  let parameterSet: String?
  let parameters: [String: String]
  let isShared: Bool
  let isTested: Bool
  /// What whoever tried it before found; `nil` leaves that open.
  let status: ConnectionRecord.Status?
  /// `nil` leaves the limit as it is.
  let limit: ConnectionDeclaration.Limit?
  /// What the identity provider gave when a person signed in elsewhere.
  let signIn: OAuthTokens?

  static let members = [
    "connector", "parameterSet", "parameters", "shared", "test", "status", "limits", "signIn",
  ]

  /// - Throws: `Problem` 400 for members of another kind; values are never repeated.
  init(_ object: JSONObject) throws(Problem) {
    guard let connector = object["connector"]?.stringValue, !connector.isEmpty else {
      throw .invalidContent("'connector' must name a connector.")
    }
    self.connector = connector
    parameterSet = object["parameterSet"]?.stringValue
    var values: [String: String] = [:]
    for member in object["parameters"]?.objectValue?.members ?? [] {
      switch member.value {
      case .string(let text): values[member.key] = text
      case .bool, .integer, .double, .decimal: values[member.key] = member.value.text
      case .null, .array, .object:
        throw .invalidContent("The value of the parameter '\(member.key)' must be a string.")
      }
    }
    guard object["parameters"].map({ $0.objectValue != nil }) ?? true else {
      throw .invalidContent("'parameters' must be an object of strings.")
    }
    parameters = values
    isShared = try Self.flag("shared", object) ?? false
    isTested = try Self.flag("test", object) ?? true
    status = try Self.status(object["status"])
    limit = try Self.limit(object)
    signIn = try Self.signIn(object["signIn"])
  }

  private static func status(_ value: JSON?) throws(Problem) -> ConnectionRecord.Status? {
    guard let value else { return nil }
    guard let status = value.stringValue.flatMap(ConnectionRecord.Status.init) else {
      throw .invalidContent("'status' must be 'connected', 'unauthenticated' or 'error'.")
    }
    return status
  }

  private static func limit(_ object: JSONObject) throws(Problem)
    -> ConnectionDeclaration.Limit?
  {
    guard let value = object["limits"] else { return nil }
    guard let limit = ConnectionDeclaration.Limit(value) else {
      throw .invalidContent("'limits' must be null, 'off', or 'calls' with a 'renewalPeriod'.")
    }
    return limit
  }

  private static func signIn(_ value: JSON?) throws(Problem) -> OAuthTokens? {
    guard let value else { return nil }
    guard let tokens = OAuthTokens(kept: value) else {
      throw .invalidContent("'signIn' must hold what the identity provider gave.")
    }
    return tokens
  }

  private static func flag(_ name: String, _ object: JSONObject) throws(Problem) -> Bool? {
    guard let value = object[name] else { return nil }
    guard let flag = value.boolValue else {
      throw .invalidContent("'\(name)' must be true or false.")
    }
    return flag
  }

  /// - Throws: `Problem` 400 for a name that nobody could write in a flow.
  static func requireName(_ name: String) throws(Problem) {
    let isFit =
      (1...80).contains(name.utf8.count)
      && name.allSatisfy { $0.isLetter || $0.isNumber || "-_. ".contains($0) }
    guard !isFit else { return }
    throw .badRequest(
      "InvalidConnectionName",
      "'\(name.prefix(100))' cannot be the name of a connection: use up to 80 letters, digits, "
        + "spaces and - _ ."
    )
  }
}
