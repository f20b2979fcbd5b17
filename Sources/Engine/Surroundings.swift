/// What a run's expressions may know of the installation around it.
package struct Surroundings: Sendable {
  /// Looks an app setting up.
  package var setting: @Sendable (String) -> String?
  /// Where the other side of a webhook action reports back; `nil` without a server.
  package var callbackURL: @Sendable (_ run: String, ActionAddress) -> String?

  package init(
    setting: @escaping @Sendable (String) -> String? = { _ in nil },
    callbackURL: @escaping @Sendable (_ run: String, ActionAddress) -> String? = { _, _ in nil }
  ) {
    self.setting = setting
    self.callbackURL = callbackURL
  }
}
