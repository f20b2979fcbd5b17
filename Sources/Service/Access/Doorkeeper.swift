import Crypto
import HTTPMessages
import Runtime
import Seams
import Timekeeping

/// Finds out who sends a request, and slows down who guesses.
struct Doorkeeper: Sendable {
  private let environment: Environment
  private let settings: ServiceSettings
  private let failures: RateLimits
  private let requests: RateLimits

  init(environment: Environment, settings: ServiceSettings) {
    self.environment = environment
    self.settings = settings
    failures = RateLimits(capacity: 10, perSecond: 0.5)
    requests = RateLimits(
      capacity: settings.requestBurst,
      perSecond: settings.requestsPerSecond
    )
  }

  /// Lets a request in.
  ///
  /// - Throws: `Problem` 401 when nobody knows who sends it, 429 when too many come.
  func admit(_ request: HTTPRequest, from client: ServiceClient) async throws(Problem) -> Caller {
    let caller = try await identify(request, client)
    if let wait = requests.take(caller.name, at: environment.clock.now()) {
      throw .tooManyRequests("'\(caller.name)' sends too many requests.", wait: wait)
    }
    return caller
  }

  private func identify(_ request: HTTPRequest, _ client: ServiceClient)
    async throws(Problem) -> Caller
  {
    if case .socket(let user) = client.channel { return Caller(name: user, role: .admin) }
    if let credentials = request.headers["Authorization"] {
      return try await holder(of: credentials, client)
    }
    guard try await isOpen() else {
      throw .unauthenticated("A token is needed: send 'Authorization: Bearer weir_…'.")
    }
    if let refusal = OpenAccess.refusal(of: request, from: client) {
      throw .unauthenticated(refusal)
    }
    return Caller(name: settings.systemUser, role: .admin)
  }

  /// Whether somebody may come without a token at all.
  private func isOpen() async throws(Problem) -> Bool {
    if settings.isOpenOnLoopback { return true }
    do throws(StoreFailure) {
      return try await environment.store.accessTokens().isEmpty
    } catch {
      throw Problem(error)
    }
  }

  private func holder(of credentials: String, _ client: ServiceClient)
    async throws(Problem) -> Caller
  {
    guard let token = Self.token(in: credentials) else {
      throw refused(client, "The credentials are no bearer token of this service.")
    }
    let hash = token.hash(environment.digests)
    let found: AccessToken?
    do throws(StoreFailure) {
      found = try await environment.store.accessToken(hash: hash)
    } catch {
      throw Problem(error)
    }
    guard let found, ConstantTime.areEqual(found.hash, hash) else {
      throw refused(client, "The token is not known.")
    }
    if let expires = found.expires, expires <= environment.clock.now() {
      throw refused(client, "The token '\(found.name)' has expired.")
    }
    guard let role = Role(rawValue: found.role) else {
      throw refused(client, "The token '\(found.name)' has no role that this version knows.")
    }
    return Caller(name: found.name, role: role)
  }

  /// Source: RFC 6750 section 2.1; the scheme is compared without regard to case.
  private static func token(in credentials: String) -> BearerToken? {
    let parts = credentials.split(separator: " ", omittingEmptySubsequences: true)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
    return BearerToken(presented: parts[1])
  }

  /// A right token passes even while others at the same address guess.
  private func refused(_ client: ServiceClient, _ message: String) -> Problem {
    if let wait = failures.take(client.name, at: environment.clock.now()) {
      return .tooManyRequests("Too many failed attempts come from here.", wait: wait)
    }
    environment.log.write(
      .warning,
      ServiceEvent.refused,
      [("client", client.name), ("why", message)]
    )
    return .unauthenticated(message)
  }
}
