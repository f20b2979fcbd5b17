/// One reference inside a policy parameter: `@connectionParameters('k', 'default')`,
/// `@body().a[0]['b']`.
///
/// Source: connector format reference, section (f), expressions.
struct PolicyExpression: Hashable, Sendable {
  enum Root: String, Hashable, Sendable, CaseIterable {
    case connectionParameters = "connectionparameters"
    case headers
    case queryParameters = "queryparameters"
    case body
    case item
    case triggerBody = "triggerbody"

    /// Whether a path may follow.
    var isValue: Bool { self == .body || self == .item || self == .triggerBody }
  }

  enum Step: Hashable, Sendable {
    case name(String)
    case index(Int)
  }

  var root: Root
  /// The quoted words between the parentheses.
  var arguments: [String]
  var steps: [Step]
}
