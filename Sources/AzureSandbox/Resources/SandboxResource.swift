internal import HTTPMessages
internal import Seams

/// A Communication Services resource, as it is at one moment.
package struct SandboxResource: Codable, Sendable {
  /// The immutable id, part of every user id: a GUID.
  package let id: String
  package var keys: ResourceKeys
  /// The ARM id: `/subscriptions/…/communicationServices/<name>`.
  var path: ResourcePath
  /// Such as `United States`, in the caller's spelling.
  var dataLocation: DataLocation
  /// The ARM ids of the domains that mail may be sent from.
  var linkedDomains: [ResourcePath] = []
  /// Whether access keys count for nothing.
  var refusesAccessKeys = false

  init(
    _ path: ResourcePath,
    in dataLocation: DataLocation,
    from entropy: some Entropy
  ) {
    id = entropy.uuid()
    keys = ResourceKeys(from: entropy)
    self.path = path
    self.dataLocation = dataLocation
  }

  /// The resource that a sandbox begins with.
  static func first(
    _ configuration: SandboxConfiguration,
    _ tenant: SandboxTenant,
    from sources: EntropySources
  ) -> SandboxResource {
    let path = ResourcePath(
      subscription: tenant.subscriptionID,
      group: "sandbox",
      provider: "Microsoft.Communication",
      ("communicationServices", "sandbox")
    )
    var resource = SandboxResource(path, in: .unitedStates, from: sources.lasting("resource"))
    resource.refusesAccessKeys = configuration.refusesAccessKeys
    return resource
  }

  /// Where the service would have it: `<name>.<geography>.communication.azure.com`.
  var hostName: String {
    "\(path.name.lowercased()).\(dataLocation.geography).communication.azure.com"
  }

  /// What clients are configured with: an endpoint and an access key.
  ///
  /// Source: Azure Communication fact sheet, section 1.1.
  package func connectionString(
    endpoint: String,
    key: ResourceKeys.Name = .primary
  ) -> String {
    let bytes =
      switch key {
      case .primary: keys.primary
      case .secondary: keys.secondary
      }
    return "endpoint=\(endpoint)/;accesskey=\(Base64.encode(bytes))"
  }
}
