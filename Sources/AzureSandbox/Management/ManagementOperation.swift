internal import OrderedJSON
internal import Timekeeping

/// A long-running operation on a resource.
struct ManagementOperation: Codable, Sendable {
  let id: String
  let target: ResourcePath
  /// Whether polls are answered with 202 while it runs, as those of a `Location` are.
  let isAccepted: Bool
  var progress: OperationProgress
  /// Why it fails, when it was told to.
  var failure: OperationFailure?
}

/// A failure that somebody ordered for an operation.
struct OperationFailure: Codable, Sendable {
  let code: String
  let message: String
}
