internal import HTTPMessages
internal import Timekeeping

/// One of the services that the sandbox stands in for.
protocol SandboxService: Sendable {
  /// The stable and preview values of `api-version`, oldest first.
  var versions: [String] { get }
  var access: ServiceAccess { get }
  var dialect: ErrorDialect { get }
  var operations: [SandboxOperation] { get }

  /// What the service holds for a resource, for the tree at `/_sandbox`.
  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode]
}

extension SandboxService {
  var access: ServiceAccess { .resource }
  var dialect: ErrorDialect { .communication }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] { [] }
}

/// What a method and a path of a service do.
struct SandboxOperation: Sendable {
  /// What happens after all checks that services share.
  typealias Action = @Sendable (ServiceCall) throws(Problem) -> HTTPResponse

  let method: String
  /// With named segments in braces.
  let pattern: String
  let action: Action

  init(_ method: String, _ pattern: String, _ action: @escaping Action) {
    self.method = method
    self.pattern = pattern
    self.action = action
  }
}
