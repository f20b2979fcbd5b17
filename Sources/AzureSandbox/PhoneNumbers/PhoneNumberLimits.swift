/// How often a subscription may search and buy numbers.
///
/// Source: Azure Communication fact sheet, section 5 ("Tenant limits").
package struct PhoneNumberLimits: Hashable, Sendable {
  package var searches = 5
  package var purchases = 1
  /// The length of a window, by default a week.
  package var window = Duration.seconds(7 * 86_400)

  package init() {}
}
