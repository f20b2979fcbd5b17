internal import OrderedJSON

/// The trunks of a resource, and the routes that lead to them.
struct SIPConfiguration: Codable, Hashable, Sendable {
  /// A session border controller.
  struct Trunk: Codable, Hashable, Sendable {
    /// Its fully qualified domain name.
    let name: String
    let port: Int
  }

  /// Which numbers go to which trunks.
  struct Route: Codable, Hashable, Sendable {
    let name: String
    let description: String?
    /// A regular expression.
    let pattern: String
    /// Names of trunks, the first available of which is used.
    let trunks: [String]

    var json: JSON {
      var object = JSONObject()
      object["description"] = description.map(JSON.string)
      object["name"] = .string(name)
      object["numberPattern"] = .string(pattern)
      object["trunks"] = .array(trunks.map(JSON.string))
      return .object(object)
    }
  }

  static let largestCount = 250

  /// In the order in which they came.
  var trunks: [Trunk] = []
  /// In the order in which numbers are tried on them.
  var routes: [Route] = []

  /// - Throws: 400 or 422 `UnprocessableConfiguration` when it does not hang together.
  func check() throws(Problem) {
    guard trunks.count <= Self.largestCount, routes.count <= Self.largestCount else {
      throw .badRequest("There may be \(Self.largestCount) trunks and as many routes at most.")
    }
    guard Set(routes.map(\.name)).count == routes.count else {
      throw .sip(400, "DuplicatedRoute", "There is a duplicated route.")
    }
    let known = Set(trunks.map { $0.name.lowercased() })
    for route in routes {
      let names = route.trunks.map { $0.lowercased() }
      guard Set(names).count == names.count else {
        throw .sip(400, "RouteWithDuplicatedTrunk", "There is a duplicated trunk in a route.")
      }
      guard known.isSuperset(of: names) else {
        throw .sip(422, "MissingTrunk", "Route targeting a missing trunk.")
      }
    }
  }

  var json: JSON {
    let members = trunks.map { trunk in
      (trunk.name, ["sipSignalingPort": .integer(Int64(trunk.port))] as JSON)
    }
    return ["trunks": .object(JSONObject(members)), "routes": .array(routes.map(\.json))]
  }
}

extension Problem {
  /// A refusal of the routing service, whose code is the same for all reasons.
  static func sip(_ status: Int, _ code: String, _ message: String) -> Problem {
    var problem = Problem(
      status,
      "UnprocessableConfiguration",
      "One or more request inputs are not valid."
    )
    problem.cause = (code, message)
    return problem
  }
}
