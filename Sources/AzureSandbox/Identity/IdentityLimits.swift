/// How many calls of each kind the Identity service takes in one window.
///
/// Source: Azure Communication fact sheet, section 2 ("Rate limits").
package struct IdentityLimits: Hashable, Sendable {
  package var create = 1000
  package var createWithToken = 1000
  package var issue = 1000
  package var delete = 500
  package var revoke = 500
  package var exchange = 500
  /// The length of a window.
  package var window = Duration.seconds(30)

  package init() {}
}
