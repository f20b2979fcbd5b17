/// How many requests the SMS service takes in one window.
///
/// Source: Azure Communication fact sheet, section 4 ("Limits").
package struct SMSLimits: Hashable, Sendable {
  /// For each toll-free number.
  package var tollFree = 200
  /// For each short code.
  package var shortCode = 6000
  /// For all alphanumeric ids of a resource.
  package var alphanumeric = 600
  /// The length of a window.
  package var window = Duration.seconds(60)

  package init() {}
}
