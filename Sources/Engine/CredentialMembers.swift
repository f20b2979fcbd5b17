import OrderedJSON

/// The members of a request's inputs that hold credentials, which no record shows.
///
/// Source: workflow language reference, section d.4 ("never record Authorization").
enum CredentialMembers {
  /// Headers, and parameters of connectors, that hold nothing but a credential.
  private static let names: Set<String> = ["authorization", "access-token"]

  /// Whether the inputs hold any.
  static func arePresent(in inputs: JSON) -> Bool { !places(in: inputs).isEmpty }

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
    if let authentication = object["authentication"], authentication.objectValue?.isEmpty != true,
      !authentication.isNull
    {
      found.append(JSONPointer(path + ["authentication"]))
    }
    for member in ["headers", "parameters"] {
      for key in object[member]?.objectValue?.keys.map(\.self) ?? []
      where names.contains(key.lowercased()) {
        found.append(JSONPointer(path + [member, key]))
      }
    }
    return found
  }
}
