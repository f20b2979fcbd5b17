internal import Timekeeping

extension DirectoryContent {
  /// A resource of any kind that has a frame.
  struct Entry: Sendable {
    let path: ResourcePath
    let frame: ResourceFrame
  }

  /// Everything that a list of resources shows.
  var frames: [Entry] {
    services.map { Entry(path: $0.path, frame: $0.frame) }
      + emailServices.values.map { Entry(path: $0.path, frame: $0.frame) }
      + domains.values.map { Entry(path: $0.path, frame: $0.frame) }
      + identities.values.map { Entry(path: $0.path, frame: $0.frame) }
  }

  /// Changes the frame of a service, email service or domain; of nothing else.
  mutating func changeFrame(_ path: ResourcePath, _ body: (inout ResourceFrame) -> Void) {
    if let index = serviceIndex(path) { body(&services[index].frame) }
    if var frame = emailServices[path]?.frame {
      body(&frame)
      emailServices[path]?.frame = frame
    }
    if var frame = domains[path]?.frame {
      body(&frame)
      domains[path]?.frame = frame
    }
  }

  /// Takes a group's resources away at once.
  mutating func removeAll(below group: ResourcePath) {
    services.removeAll { group.contains($0.path) }
    emailServices = emailServices.filter { !group.contains($0.key) }
    domains = domains.filter { !group.contains($0.key) }
    identities = identities.filter { !group.contains($0.key) }
    assignments = assignments.filter { !group.contains($0.value.scope) }
    for index in services.indices {
      services[index].linkedDomains.removeAll { group.contains($0) }
      for path in services[index].identity.users where group.contains(path) {
        services[index].identity.remove(path)
      }
    }
  }

  /// Gives a resource, and whatever belongs to it, another path.
  mutating func move(_ old: ResourcePath, to new: ResourcePath, at now: Timestamp) {
    func moved(_ path: ResourcePath) -> ResourcePath {
      guard old.contains(path) else { return path }
      return ResourcePath(new.description + path.description.dropFirst(old.description.count))
    }
    for index in services.indices {
      if services[index].path == old { services[index].frame.begin(.moving, at: now) }
      services[index].path = moved(services[index].path)
      services[index].linkedDomains = services[index].linkedDomains.map(moved)
      services[index].identity.replace(moved)
    }
    emailServices[old]?.frame.begin(.moving, at: now)
    emailServices = emailServices.moved(moved) { $0.path = $1 }
    domains = domains.moved(moved) { $0.path = $1 }
    identities = identities.moved(moved) { $0.path = $1 }
    assignments = assignments.moved(moved) { assignment, path in
      assignment.path = path
      assignment.scope = moved(assignment.scope)
    }
  }
}

extension Dictionary where Key == ResourcePath {
  /// With other keys, which the values hear of.
  fileprivate func moved(
    _ path: (ResourcePath) -> ResourcePath,
    _ change: (inout Value, ResourcePath) -> Void
  ) -> Self {
    Dictionary(
      uniqueKeysWithValues: map { key, value in
        let new = path(key)
        var value = value
        if new != key { change(&value, new) }
        return (new, value)
      }
    )
  }
}
