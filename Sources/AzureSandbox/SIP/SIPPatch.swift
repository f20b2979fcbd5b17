internal import OrderedJSON

/// The changes that a request makes to trunks and routes: trunks one by one, routes all at once.
struct SIPPatch {
  /// By name; `nil` takes a trunk away.
  private var ports: [(name: String, port: Int?)] = []
  private var routes: [SIPConfiguration.Route]?

  /// - Throws: 400 `BadRequest` for what is no patch, 422 `UnprocessableConfiguration` for values
  ///   that cannot be.
  init(_ body: JSONObject) throws(Problem) {
    ports = try Self.ports(body["trunks"])
    if let list = body["routes"], !list.isNull { routes = try Self.routes(list) }
    guard !ports.isEmpty || routes != nil else {
      throw .sip(422, "EmptyPatch", "Patch with no data provided.")
    }
  }

  func applied(to configuration: SIPConfiguration) -> SIPConfiguration {
    var changed = configuration
    for (name, port) in ports {
      let index = changed.trunks.firstIndex { $0.name.lowercased() == name.lowercased() }
      let trunk = port.map { SIPConfiguration.Trunk(name: name, port: $0) }
      switch (index, trunk) {
      case (let index?, let trunk?): changed.trunks[index] = trunk
      case (let index?, nil): changed.trunks.remove(at: index)
      case (nil, let trunk?): changed.trunks.append(trunk)
      case (nil, nil): break
      }
    }
    if let routes { changed.routes = routes }
    return changed
  }

  // MARK: Reading

  private static func ports(_ value: JSON?) throws(Problem) -> [(name: String, port: Int?)] {
    guard let value, !value.isNull else { return [] }
    guard let members = value.objectValue?.members else {
      throw .badRequest("trunks: must be an object.")
    }
    var ports: [(name: String, port: Int?)] = []
    for member in members {
      guard isDomainName(member.key) else {
        throw .sip(422, "InvalidTrunkFqdn", "Trunk with an invalid FQDN.")
      }
      ports.append((member.key, member.value.isNull ? nil : try port(member.value)))
    }
    return ports
  }

  private static func port(_ trunk: JSON) throws(Problem) -> Int {
    guard let port = trunk["sipSignalingPort"]?.integerValue, (1...65_535).contains(port) else {
      throw .sip(
        422,
        "InvalidTrunkSipSignalingPort",
        "Trunk with an invalid SIP signaling port."
      )
    }
    return Int(port)
  }

  private static func routes(_ value: JSON) throws(Problem) -> [SIPConfiguration.Route] {
    guard let items = value.arrayValue else { throw .badRequest("routes: must be a list.") }
    var routes: [SIPConfiguration.Route] = []
    for item in items { routes.append(try route(item)) }
    return routes
  }

  private static func route(_ item: JSON) throws(Problem) -> SIPConfiguration.Route {
    guard let name = item["name"]?.stringValue, (1...256).contains(name.count) else {
      throw .sip(422, "InvalidRouteName", "Route with an invalid name.")
    }
    guard let pattern = item["numberPattern"]?.stringValue, (1...1024).contains(pattern.count)
    else {
      throw .sip(422, "InvalidRouteNumberPattern", "Route with an invalid number pattern.")
    }
    let description = item["description"]?.stringValue
    guard description?.count ?? 0 <= 1024 else {
      throw .badRequest("routes: a description has at most 1024 characters.")
    }
    return SIPConfiguration.Route(
      name: name,
      description: description,
      pattern: pattern,
      trunks: (item["trunks"]?.arrayValue ?? []).compactMap(\.stringValue)
    )
  }

  /// At least two labels of letters, digits and hyphens, without a hyphen at either end.
  static func isDomainName(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return (1...249).contains(text.utf8.count) && labels.count > 1
      && labels.allSatisfy { label in
        (1...63).contains(label.count) && label.first != "-" && label.last != "-"
          && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      }
  }
}
