internal import OrderedJSON

/// What a caller wants of a new token.
struct TokenOrder: Hashable, Sendable {
  /// Without repetitions, in the order given; empty when no token is wanted.
  let scopes: [TokenScope]
  let life: Duration

  private static let minutes: ClosedRange<Int64> = 60...1440

  /// - Parameters:
  ///   - body: The request's.
  ///   - member: Where its scopes are.
  ///   - version: Of the service; lifetimes came with 2022-10-01.
  /// - Throws: 400 `ValidationError`.
  init(_ body: JSONObject, scopesIn member: String, version: String) throws(Problem) {
    scopes = try Self.scopes(body[member] ?? .null, version)
    life = version < "2022-10-01" ? .seconds(86_400) : try Self.life(body["expiresInMinutes"])
  }

  private static func scopes(_ value: JSON, _ version: String) throws(Problem) -> [TokenScope] {
    guard !value.isNull else { return [] }
    guard let elements = value.arrayValue else {
      throw .validation("Scopes: must be an array of strings, not \(value.kindName).")
    }
    let known = TokenScope.known(in: version)
    var scopes: [TokenScope] = []
    for element in elements {
      guard let scope = element.stringValue.flatMap(TokenScope.init), known.contains(scope) else {
        let names = known.map(\.rawValue).joined(separator: ", ")
        throw .validation("Scopes: \(element.text) is not one of \(names).")
      }
      if !scopes.contains(scope) { scopes.append(scope) }
    }
    return scopes
  }

  private static func life(_ value: JSON?) throws(Problem) -> Duration {
    guard let value, !value.isNull else { return .seconds(minutes.upperBound * 60) }
    guard case .integer(let count) = value, minutes.contains(count) else {
      throw .validation("ExpiresInMinutes: must be from 60 to 1440.")
    }
    return .seconds(count * 60)
  }
}
