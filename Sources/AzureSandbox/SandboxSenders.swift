internal import Seams
internal import Timekeeping

/// A domain and a number that belong to the default resource from the start, so that flows can send
/// mail and SMS without ordering anything first.
struct SandboxSenders: Sendable {
  let address: String
  let number: String

  /// Whatever was made, linked or bought earlier stays as it is.
  init(
    of resource: SandboxResource,
    _ parts: SandboxParts,
    numbers: PhoneNumberDesk,
    at now: Timestamp
  ) {
    let entropy = parts.sources.lasting("senders")
    let name = "\(entropy.uuid()).azurecomm.net"
    address = "DoNotReply@\(name)"
    // 555-0100 to 555-0199 belong to nobody.
    number = "+180055501\(10 + entropy.number() % 90)"
    guard Self.addDomain(name, to: resource, parts.resources, now) else { return }
    Self.addNumber(number, to: resource, numbers, now)
  }

  /// Returns whether the sandbox starts for the first time.
  private static func addDomain(
    _ name: String,
    to resource: SandboxResource,
    _ resources: ResourceDirectory,
    _ now: Timestamp
  ) -> Bool {
    let service = resource.path.parent.child("emailServices", "\(resource.path.name)-mail")
    let path = service.child("domains", EmailDomain.azureName)
    let frame = ResourceFrame(by: "sandbox", at: now)
    return resources.content.change { content in
      guard content.services.first?.id == resource.id, content.emailServices.isEmpty else {
        return false
      }
      content.emailServices[service] = EmailService(
        path: service,
        dataLocation: resource.dataLocation,
        frame: frame
      )
      content.domains[path] = EmailDomain(
        path,
        .azure,
        in: resource.dataLocation,
        senderDomain: name,
        frame: frame
      )
      content.services[0].linkedDomains = [path]
      return true
    }
  }

  private static func addNumber(
    _ number: String,
    to resource: SandboxResource,
    _ numbers: PhoneNumberDesk,
    _ now: Timestamp
  ) {
    let capabilities = NumberCapabilities(calling: .both, sms: .both)
    // The country has such numbers, so that nothing is thrown.
    try? numbers.change(at: now) { book throws(Problem) in
      let order = try NumberOrder(
        country: try NumberCountry.named("US"),
        type: .tollFree,
        assignment: .application,
        capabilities: capabilities
      )
      book.own(number, order, resource.id, now)
    }
  }

  /// Under the names that the samples read.
  var settings: [(name: String, value: String)] {
    [
      ("AZURE_COMMUNICATION_SENDER_ADDRESS", address),
      ("AZURE_COMMUNICATION_PHONE_NUMBER", number),
    ]
  }
}
