import OrderedJSON

/// The members of a request's inputs that hold credentials, which no record shows.
///
/// Source: workflow language reference, section d.4 ("never record Authorization").
enum CredentialMembers {
  /// Headers, and parameters of connectors, that hold nothing but a credential.
  private static let names: Set<String> = ["authorization", "access-token"]

  /// Whether the inputs hold any.
  static func arePresent(in inputs: JSON) -> Bool {
    isPresent(in: inputs) || isPresent(in: inputs["subscribe"])
      || isPresent(in: inputs["unsubscribe"])
  }

  private static func isPresent(in request: JSON?) -> Bool {
    guard let object = request?.objectValue else { return false }
    return hasAuthentication(object)
      || members.contains { member in
        object[member]?.objectValue?.keys.contains(where: isName) ?? false
      }
  }

  /// The inputs with each of them masked.
  static func masked(_ inputs: JSON) -> JSON {
    places(in: inputs).reduce(inputs) { RunView.masked($0, at: [$1.description]) }
  }

  private static func places(in inputs: JSON) -> [JSONPointer] {
    // A webhook has one request to subscribe with and one to undo it.
    [[], ["subscribe"], ["unsubscribe"]].flatMap { path in
      places(in: inputs.value(at: JSONPointer(path)), at: path)
    }
  }

  private static func places(in request: JSON?, at path: [String]) -> [JSONPointer] {
    guard let object = request?.objectValue else { return [] }
    var found: [JSONPointer] = []
    if hasAuthentication(object) { found.append(JSONPointer(path + ["authentication"])) }
    for member in members {
      for key in object[member]?.objectValue?.keys.map(\.self) ?? [] where isName(key) {
        found.append(JSONPointer(path + [member, key]))
      }
    }
    return found
  }

  private static let members = ["headers", "parameters"]

  private static func hasAuthentication(_ request: JSONObject) -> Bool {
    guard let authentication = request["authentication"] else { return false }
    return authentication.objectValue?.isEmpty != true && !authentication.isNull
  }

  // Few keys are of such a length.
  private static func isName(_ key: String) -> Bool {
    lengths.contains(key.utf8.count) && names.contains(key.lowercased())
  }

  private static let lengths = Set(names.map(\.utf8.count))
}
