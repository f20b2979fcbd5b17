internal import Timekeeping

/// The windows of the Identity service.
struct IdentityWindows: Sendable {
  let create: ServiceWindow
  let createWithToken: ServiceWindow
  let issue: ServiceWindow
  let delete: ServiceWindow
  let revoke: ServiceWindow
  let exchange: ServiceWindow

  init(_ limits: IdentityLimits) {
    func window(_ name: String, _ calls: Int) -> ServiceWindow {
      ServiceWindow("identity-" + name, calls: calls, length: limits.window)
    }
    create = window("create", limits.create)
    createWithToken = window("create-with-token", limits.createWithToken)
    issue = window("issue", limits.issue)
    delete = window("delete", limits.delete)
    revoke = window("revoke", limits.revoke)
    exchange = window("exchange", limits.exchange)
  }
}
