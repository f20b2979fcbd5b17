internal import Timekeeping

/// The windows of the Email service, one of a minute and one of an hour for each kind of call.
struct MailWindows: Sendable {
  private let send: [EmailDomain.Management: [ServiceWindow]]
  private let status: [EmailDomain.Management: [ServiceWindow]]

  init(_ limits: MailLimits) {
    func windows(_ name: String, _ quota: MailLimits.Quota) -> [ServiceWindow] {
      [
        ServiceWindow("email-\(name)-minute", calls: quota.perMinute, length: .seconds(60)),
        ServiceWindow("email-\(name)-hour", calls: quota.perHour, length: .seconds(3600)),
      ]
    }
    let (sendCustom, statusCustom) = (
      windows("send", limits.sendCustom), windows("status", limits.statusCustom)
    )
    send = [
      .azure: windows("send-azure-managed", limits.sendAzureManaged),
      .customer: sendCustom, .exchange: sendCustom,
    ]
    status = [
      .azure: windows("status-azure-managed", limits.statusAzureManaged),
      .customer: statusCustom, .exchange: statusCustom,
    ]
  }

  /// - Throws: 429 when the subscription may send no more mail from such a domain for now.
  func enterSend(_ call: ServiceCall, from domain: EmailDomain.Management) throws(Problem) {
    try enter(send[domain] ?? [], call)
  }

  /// - Throws: 429 when the subscription may ask no more for now.
  func enterStatus(_ call: ServiceCall, of domain: EmailDomain.Management) throws(Problem) {
    try enter(status[domain] ?? [], call)
  }

  /// A call counts in both windows, even when one of them refuses it.
  private func enter(_ windows: [ServiceWindow], _ call: ServiceCall) throws(Problem) {
    let subject = call.resource.path.subscription.lowercased()
    var refusals: [Problem] = []
    for window in windows {
      do throws(Problem) { try window.enter(subject, at: call.now) } catch {
        refusals.append(error)
      }
    }
    // The longer wait is the true one.
    if let refusal = refusals.last { throw refusal }
  }
}
