internal import Diagnostics
internal import OrderedJSON

/// Reads `parameterSets` of `runtime.json`: ways to connect that the published format cannot say.
///
/// Source: definitions/README.md.
enum ParameterSetDecoder {
  private static let members = ["name", "uiDefinition", "parameters", "token", "endpoint"]
  private static let tokenMembers = ["grant", "scope", "tokenUrl"]

  static func decode(
    _ value: JSON?,
    beside published: [ConnectionParameterSet],
    _ file: inout DefinitionFile
  ) -> [ConnectionParameterSet] {
    var sets: [ConnectionParameterSet] = []
    for (index, entry) in (value?.arrayValue ?? []).enumerated() {
      let place = ["parameterSets", String(index)]
      guard let set = set(entry, at: place, &file) else { continue }
      if (published + sets).contains(where: { $0.name.lowercased() == set.name.lowercased() }) {
        report("there are two parameter sets named '\(set.name)'", at: place + ["name"], &file)
      } else {
        sets.append(set)
      }
    }
    return sets
  }

  private static func set(_ entry: JSON, at place: [String], _ file: inout DefinitionFile)
    -> ConnectionParameterSet?
  {
    guard let object = entry.objectValue, var set = ConnectionParameterDecoder.set(entry) else {
      report(
        "the parameter set has no 'name'",
        hint: "write {\"name\": …, \"parameters\": {…}}",
        at: place,
        &file
      )
      return nil
    }
    file.reportUnknownMembers(of: .object(object), among: members, at: place)
    set.token = token(object["token"], of: set, at: place + ["token"], &file)
    set.endpoint = object["endpoint"]?.stringValue
    if let key = set.endpoint, set.parameter(key) == nil {
      reportMissing(key, set, at: place + ["endpoint"], &file)
    }
    return set
  }

  private static func token(
    _ value: JSON?,
    of set: ConnectionParameterSet,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> TokenGrant? {
    guard let object = value?.objectValue else { return nil }
    file.reportUnknownMembers(of: .object(object), among: tokenMembers, at: place)
    let name = object["grant"]?.stringValue ?? ""
    guard let kind = TokenGrant.Kind(rawValue: name) else {
      reportUnknownGrant(name, at: place + ["grant"], &file)
      return nil
    }
    let grant = TokenGrant(
      kind: kind,
      scope: object["scope"]?.stringValue ?? "",
      tokenURL: object["tokenUrl"]?.stringValue
    )
    for key in grant.neededKeys where set.parameter(key) == nil {
      reportMissing(key, set, at: place, &file)
    }
    if kind == .clientCredentials, grant.tokenURL == nil {
      report("a grant of 'client-credentials' needs 'tokenUrl'", at: place, &file)
    }
    if kind != .clientCredentials, grant.scope.isEmpty {
      report("a grant of '\(name)' needs 'scope'", at: place, &file)
    }
    return grant
  }

  private static func reportUnknownGrant(
    _ name: String,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    let known = TokenGrant.Kind.allCases.map(\.rawValue)
    let nearest = NearestName.suggestion(for: name, among: known)
    report(
      "there is no grant '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
      at: place,
      &file
    )
  }

  private static func reportMissing(
    _ key: String,
    _ set: ConnectionParameterSet,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    report(
      "the parameter set '\(set.name)' lacks the parameter '\(key)'",
      hint: "add it to the 'parameters' of the set",
      at: place,
      &file
    )
  }

  private static func report(
    _ message: String,
    hint: String? = nil,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    file.reportDefect(message, hint: hint, at: place)
  }
}
