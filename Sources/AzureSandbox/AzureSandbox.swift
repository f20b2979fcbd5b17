internal import Crypto
internal import Diagnostics
package import HTTPMessages
internal import HTTPServer
package import Seams
internal import Timekeeping

/// A stand-in for Azure Communication Services on this machine.
///
/// It checks signatures, versions, limits and bodies as the service does, explains what it refuses,
/// and fails on demand. Its own paths begin with `/_sandbox/`.
///
/// Source: Azure Communication fact sheet, section 8.
package final class AzureSandbox: Sendable {
  package let configuration: SandboxConfiguration
  /// The Communication Services resources there are.
  let resources: ResourceDirectory
  private let first: SandboxResource
  /// The directory that gives tokens for it.
  package let tenant: SandboxTenant

  private let clock: any Clock
  private let log: Log
  private let faults = FaultList()
  private let journal: RequestJournal
  private let door: ServiceDoor
  private let admin: AdminService
  private let pages: SandboxPages
  private let tokens: TokenService
  private let correlation: any Entropy
  private let shelf: StateShelf
  let senders: SandboxSenders?

  /// - Parameters:
  ///   - configuration: Its seed, when there is one, replaces `entropy`.
  ///   - clock: Tells the time, and waits when a fault delays a response.
  ///   - entropy: Where keys and ids come from.
  ///   - digests: Hash functions for signatures.
  ///   - storage: Keeps the state from one start to the next; by default it is lost.
  ///   - log: Hears about refused signatures and faults.
  package init(
    configuration: SandboxConfiguration = SandboxConfiguration(),
    clock: any Clock,
    entropy: any Entropy,
    digests: Digests = .openSSL,
    storage: (any StateStorage)? = nil,
    log: Log = .silent
  ) {
    shelf = StateShelf(storage: storage, log: log)
    let sources = EntropySources(seed: configuration.seed, entropy: entropy, on: shelf)
    self.configuration = configuration
    self.clock = clock
    self.log = log
    tenant = SandboxTenant(from: sources.lasting("tenant"))
    first = .first(configuration, tenant, from: sources)
    let assignment = configuration.isRoleAssigned ? tenant.assignment(at: clock.now()) : nil
    resources = ResourceDirectory(first, assignment, on: shelf)
    let bearer = BearerTokens(
      tenant: tenant,
      configuration: configuration,
      from: sources
    )
    tokens = TokenService(
      tenant: tenant,
      tokens: bearer,
      resources: resources,
      entropy: sources.stream("traces")
    )
    correlation = sources.stream("correlation")
    journal = RequestJournal(capacity: configuration.rememberedRequests)
    let parts = SandboxParts(
      configuration: configuration,
      sources: sources,
      shelf: shelf,
      resources: resources,
      captures: CaptureStore(capacity: configuration.rememberedCaptures, on: shelf),
      tenant: tenant
    )
    let teams = TeamsExtension(parts)
    let identity = IdentityService(parts, teams: teams.signIns)
    let verifier = CredentialVerifier(
      resources: resources,
      signatures: SignatureVerifier(
        digests: digests,
        clockMargin: configuration.clockMargin,
        acceptsQuirks: configuration.acceptsSigningQuirks
      ),
      tokens: bearer,
      missingRoleStatus: configuration.missingRoleStatus,
      inspect: { identity.inspect($0, at: $1) },
      teams: teams
    )
    let desk = ManagementDesk(parts, tenant: tenant)
    let numbers = PhoneNumberDesk(parts)
    let messages = SMSDesk(parts, numbers: numbers)
    senders =
      configuration.hasSenders
      ? SandboxSenders(of: first, parts, numbers: numbers, at: clock.now()) : nil
    let services: [any SandboxService] = [
      identity, ChatService(parts), RoomsService(parts), CommunicationManagement(desk: desk),
      IdentityManagement(desk: desk), RoleManagement(desk: desk), GroupManagement(desk: desk),
      MailService(parts), SMSService(parts, messages), OptOutService(messages),
      DeliveryReportService(messages), PhoneNumberService(numbers), ReservationService(numbers),
      NumberCatalogueService(), OperatorService(), SIPRoutingService(parts),
      TeamsAssignmentService(teams), TeamsExchangeService(identity.tokens),
    ]
    door = ServiceDoor(services: services, verifier: verifier, configuration: configuration)
    pages = SandboxPages(
      resources: resources,
      services: services,
      subscription: tenant.subscriptionID,
      step: configuration.operationStep
    )
    admin = AdminService(
      faults: faults,
      journal: journal,
      captures: parts.captures,
      resources: resources,
      identity: identity,
      messages: messages
    )
    // What cannot be saved now is saved, or reported, with the first request.
    try? shelf.save()
  }

  /// The resource of requests that name no other; as it began, once it was deleted.
  package var resource: SandboxResource { resources.defaultResource ?? first }

  /// Answers one request; the result may be `.dropped`.
  package func handle(_ request: HTTPRequest) async -> HTTPResponse {
    if request.target == "/" || request.target.hasPrefix(SandboxPages.path),
      let page = pages.answer(request, at: clock.now())
    {
      return page
    }
    if request.target.hasPrefix(AdminService.pathPrefix) {
      var reply = ServiceReply(admin.handle(request, at: clock.now()))
      save(&reply)
      return reply.response
    }
    let arrival = clock.now()
    guard let fault = faults.take(request) else {
      return answer(request, arrival: arrival, now: arrival, fault: nil)
    }
    log.write(.info, SandboxEvent.fault, [("fault", fault.id), ("target", request.target)])
    // A cancelled wait only means that the answer comes early, to a client that is gone.
    if let delay = fault.delay { try? await clock.sleep(until: arrival + delay) }
    return answer(request, arrival: arrival, now: clock.now() + fault.clockOffset, fault: fault)
  }

  private func answer(
    _ request: HTTPRequest,
    arrival: Timestamp,
    now: Timestamp,
    fault: Fault?
  ) -> HTTPResponse {
    let given = fault?.reply() ?? tokens.answer(request, at: now).map { ServiceReply($0) }
    var reply = given ?? door.answer(request, at: now)
    save(&reply)
    if fault?.drop == .after { reply.response = .dropped }
    if reply.refusal != nil || reply.quirk != nil { report(reply, to: request) }
    journal.add(RequestRecord(time: arrival, request: request, reply: reply, fault: fault?.id))
    guard !reply.response.isDropped else { return .dropped }
    stamp(&reply, request, since: arrival)
    return reply.response
  }

  /// Saves the state before a client hears of it; what is not saved did not happen.
  private func save(_ reply: inout ServiceReply) {
    do throws(Diagnostic) {
      try shelf.save()
    } catch {
      log.write(.error, SandboxEvent.unsaved, [("reason", error.message)])
      reply = ServiceReply(Problem(500, "StateNotSaved", "\(error.message)."))
    }
  }

  // MARK: What every answer carries

  private func stamp(_ reply: inout ServiceReply, _ request: HTTPRequest, since arrival: Timestamp)
  {
    let milliseconds = (clock.now() - arrival).ticks / 10_000
    var fields = reply.response.headers.fields
    func add(_ name: String, _ value: String) {
      fields.append(HTTPFields.Field(name: name, value: value))
    }
    if let versions = reply.supportedVersions { add("api-supported-versions", versions) }
    add("MS-CV", Base64.encode(correlation.bytes(16)).prefix(22) + ".0")
    if let id = request.headers.first("x-ms-client-request-id") {
      add("x-ms-client-request-id", id)
    }
    add("Request-Context", "appId=")
    add("X-Processing-Time", "\(milliseconds)ms")
    // No time at all: a browser shall not insist on TLS for other servers of this machine.
    add("Strict-Transport-Security", "max-age=0")
    if let refusal = reply.refusal { add(SandboxHeader.reason, refusal.reason) }
    if let quirk = reply.quirk { add(SandboxHeader.quirk, quirk.description) }
    reply.response.headers = HTTPFields(fields)
  }

  private func report(_ reply: ServiceReply, to request: HTTPRequest) {
    let place = [("method", request.method), ("target", request.target)]
    if let refusal = reply.refusal {
      log.write(.warning, SandboxEvent.refused, place + refusal.logFields)
    } else if let quirk = reply.quirk {
      log.write(.warning, SandboxEvent.quirk, place + [("quirk", quirk.description)])
    }
  }
}
