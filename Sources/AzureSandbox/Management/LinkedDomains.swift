internal import OrderedJSON

/// The domains that a service shall send mail from.
///
/// Source: Azure Communication fact sheet, section 7 ("Linking").
struct LinkedDomains {
  private let paths: [ResourcePath]

  /// - Throws: 400 `InvalidRequestContent` unless it is an array of strings.
  init(_ json: JSON) throws(Problem) {
    guard let elements = json.arrayValue else {
      throw .invalidContent("'properties.linkedDomains' must be an array of domain ids.")
    }
    var paths: [ResourcePath] = []
    for element in elements {
      guard let text = element.stringValue else {
        throw .invalidContent("'properties.linkedDomains' must be an array of domain ids.")
      }
      if !paths.contains(ResourcePath(text)) { paths.append(ResourcePath(text)) }
    }
    self.paths = paths
  }

  /// The domains, once each of them exists, is verified, and keeps its data where the service does.
  ///
  /// - Throws: 400 `InvalidLinkedDomains`, which says what is wrong with each.
  func paths(
    for service: SandboxResource,
    in content: DirectoryContent
  ) throws(Problem) -> [ResourcePath] {
    let faults = paths.compactMap { path -> String? in
      guard let domain = content.domains[path], !domain.frame.isDeleting else {
        return "'\(path)' does not exist"
      }
      guard domain.isVerified else { return "'\(path)' is not verified" }
      guard domain.dataLocation == service.dataLocation else {
        return "'\(path)' keeps its data in '\(domain.dataLocation.name)'"
      }
      return nil
    }
    guard faults.isEmpty else {
      let message = "One or more domains cannot be linked: \(faults.joined(separator: "; "))."
      throw Problem(400, "InvalidLinkedDomains", message)
    }
    return paths
  }
}
