internal import HTTPMessages
internal import Crypto
internal import Seams
internal import Timekeeping

/// The directory that the sandbox stands in for: one application, which is also the machine's
/// managed identity.
package struct SandboxTenant: Sendable {
  package let id: String
  package let clientID: String
  package let clientSecret: String
  package let subscriptionID: String
  /// What callers of the App Service endpoint must send.
  package let identityHeader: String
  /// The object ID of the application.
  let principalID: String

  init(from entropy: some Entropy) {
    id = entropy.uuid()
    clientID = entropy.uuid()
    subscriptionID = entropy.uuid()
    identityHeader = entropy.uuid()
    principalID = entropy.uuid()
    clientSecret = Base64.encodeURL(entropy.bytes(30))
  }

  /// The application, which is the machine's own identity too.
  var application: TokenHolder { TokenHolder(clientID: clientID, principalID: principalID) }

  var subscription: ResourcePath { ResourcePath("/subscriptions/\(subscriptionID)") }

  /// That the application owns the subscription.
  func assignment(at now: Timestamp) -> RoleAssignment {
    RoleAssignment(
      path: ResourcePath(
        "\(subscription)/providers/Microsoft.Authorization/roleAssignments/\(principalID)"
      ),
      scope: subscription,
      role: RoleDefinition.owner.path(in: subscriptionID),
      principal: principalID,
      principalType: "ServicePrincipal",
      created: now
    )
  }

  static let metadataPath = "/metadata/identity/oauth2/token"
  static let appServicePath = "/msi/token"

  /// The settings of clients, under the names that Azure's own tools read.
  func settings(endpoint: String) -> [(name: String, value: String)] {
    [
      ("AZURE_AUTHORITY_HOST", endpoint), ("AZURE_TENANT_ID", id), ("AZURE_CLIENT_ID", clientID),
      ("AZURE_CLIENT_SECRET", clientSecret), ("AZURE_SUBSCRIPTION_ID", subscriptionID),
      ("AZURE_RESOURCE_MANAGER", endpoint), ("AZURE_POD_IDENTITY_AUTHORITY_HOST", endpoint),
      ("IDENTITY_ENDPOINT", endpoint + Self.appServicePath), ("IDENTITY_HEADER", identityHeader),
    ]
  }
}
