/// What a subscription may do with mail in a minute and in an hour.
///
/// Source: Azure Communication fact sheet, section 3 ("Quotas").
package struct MailLimits: Hashable, Sendable {
  /// Calls in each of the two windows.
  package struct Quota: Hashable, Sendable {
    package var perMinute: Int
    package var perHour: Int

    package init(perMinute: Int, perHour: Int) {
      self.perMinute = perMinute
      self.perHour = perHour
    }
  }

  package var sendCustom = Quota(perMinute: 30, perHour: 100)
  package var statusCustom = Quota(perMinute: 60, perHour: 200)
  package var sendAzureManaged = Quota(perMinute: 5, perHour: 10)
  package var statusAzureManaged = Quota(perMinute: 10, perHour: 20)

  package init() {}
}
