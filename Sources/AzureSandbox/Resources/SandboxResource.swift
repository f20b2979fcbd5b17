internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// A Communication Services resource, as it is at one moment.
package struct SandboxResource: Codable, Sendable {
  /// The immutable id, part of every user id: a GUID.
  package let id: String
  package var keys: ResourceKeys
  /// The ARM id: `/subscriptions/…/communicationServices/<name>`.
  var path: ResourcePath
  let dataLocation: DataLocation
  var frame: ResourceFrame
  var identity = AssignedIdentity()
  /// The ARM ids of the domains that mail may be sent from.
  var linkedDomains: [ResourcePath] = []
  /// Whether access keys count for nothing (`disableLocalAuth`).
  var refusesAccessKeys = false
  /// `Enabled`, `Disabled` (private endpoints only, of which the sandbox has none) or
  /// `SecuredByPerimeter` (no perimeter of the sandbox keeps anybody out).
  var publicNetworkAccess = "Enabled"
  var notificationHub: String?
  var smtpUsernames: [String: SMTPUsername] = [:]

  init(
    _ path: ResourcePath,
    in dataLocation: DataLocation,
    frame: ResourceFrame = ResourceFrame(by: "sandbox", at: Timestamp(seconds: 0)),
    from entropy: some Entropy
  ) {
    id = entropy.uuid()
    keys = ResourceKeys(from: entropy)
    self.path = path
    self.dataLocation = dataLocation
    self.frame = frame
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
    "endpoint=\(endpoint)/;accesskey=\(Base64.encode(keys[key]))"
  }
}
