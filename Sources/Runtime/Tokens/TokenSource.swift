package import Connectors
package import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
package import Seams
import Timekeeping

/// Gives bearer tokens to whoever sends requests, and renews them in time.
///
/// However many runs ask, there is one request in flight for each token: within a process they share
/// it, across processes the store leases it to one of them.
///
/// Source: Azure Communication fact sheet, section 1.5.
package actor TokenSource {
  private struct Setback {
    var problem: Diagnostic
    var time: Timestamp
  }

  private typealias Renewal = Task<Result<HeldToken, Diagnostic>, Never>

  private let environment: Environment
  private let standIn: String?
  private let shelf: TokenShelf
  private let acquirer: TokenAcquirer
  private var held: [String: HeldToken] = [:]
  private var renewals: [String: Renewal] = [:]
  private var setbacks: [String: Setback] = [:]

  /// How long nobody asks again after a refusal, or while an old token still serves.
  private static let pause = Duration.seconds(30)

  /// Past this many, tokens that no longer serve are forgotten.
  private static let capacity = 1000

  /// With a `standIn`, that is every token, and nobody is asked for one.
  package init(environment: Environment, standIn: String? = nil) {
    self.environment = environment
    self.standIn = standIn
    shelf = TokenShelf(environment: environment)
    acquirer = TokenAcquirer(environment: environment)
  }

  /// A token that will serve for a while.
  ///
  /// - Parameters:
  ///   - order: Which one.
  ///   - rejected: The token that the service has just refused, which is not given again.
  /// - Returns: The access token.
  /// - Throws: What `TokenAcquirer` does.
  package func token(for order: TokenOrder, rejected: String? = nil)
    async throws(Diagnostic) -> String
  {
    if let standIn { return standIn }
    let now = environment.clock.now()
    if let token = held[order.key], token.serves(order, at: now, rejected: rejected) {
      // A new one is got in the background while this one serves.
      if token.life.isDue(at: now), setback(of: order, at: now) == nil { _ = renewal(order, nil) }
      return token.tokens.accessToken
    }
    if let problem = setback(of: order, at: now)?.problem, problem.code == .signInRefused {
      throw problem
    }
    let first = try await renewal(order, rejected).value.get().tokens.accessToken
    // A renewal that was under way may have brought just what the service refuses.
    guard first == rejected else { return first }
    return try await renewal(order, rejected).value.get().tokens.accessToken
  }

  /// Takes over what a person's sign-in gave; a `connection` that they signed in to is saved with
  /// it, or neither is.
  ///
  /// - Throws: K0014 when it cannot be stored.
  package func adopt(
    _ tokens: OAuthTokens,
    for order: TokenOrder,
    with connection: StoredConnection? = nil
  ) async throws(Diagnostic) {
    let token = HeldToken(
      tokens,
      obtained: environment.clock.now(),
      fingerprint: order.fingerprint
    )
    // Whatever is stored belongs to an older sign-in.
    let access = try? await shelf.stored(order.key)?.tokens.accessToken
    guard case .mayRenew(_, let fence) = try await shelf.open(order, rejected: access) else {
      guard connection == nil else { throw TokenShelf.renewedElsewhere }
      return
    }
    held[order.key] = try await shelf.keep(token, order, fence: fence, with: connection)
    setbacks[order.identity] = nil
  }

  /// The newest tokens for an order, as far as this process has got any.
  package func tokens(of order: TokenOrder) -> OAuthTokens? {
    held[order.key].flatMap { $0.fingerprint == order.fingerprint ? $0.tokens : nil }
  }

  /// Forgets a token here and in the store.
  ///
  /// - Throws: `StoreFailure`.
  package func forget(_ key: String) async throws(StoreFailure) {
    held[key] = nil
    try await environment.store.deleteToken(key)
  }

  // MARK: Renewing

  /// What went wrong a moment ago; a clock that was set back says nothing of when.
  private func setback(of order: TokenOrder, at now: Timestamp) -> Setback? {
    setbacks[order.identity].flatMap {
      ($0.time..<$0.time + Self.pause).contains(now) ? $0 : nil
    }
  }

  private func renewal(_ order: TokenOrder, _ rejected: String?) -> Renewal {
    if let running = renewals[order.identity] { return running }
    let task = Renewal(executorPreference: environment.executor) {
      let result = await self.renew(order, rejected)
      await self.finish(order, result)
      return result
    }
    renewals[order.identity] = task
    return task
  }

  private func finish(_ order: TokenOrder, _ result: Result<HeldToken, Diagnostic>) {
    renewals[order.identity] = nil
    switch result {
    case .success(let token):
      let now = environment.clock.now()
      if held.count >= Self.capacity { held = held.filter { $0.value.life.isUsable(at: now) } }
      held[order.key] = token
      setbacks[order.identity] = nil
    case .failure(let problem):
      setbacks[order.identity] = Setback(problem: problem, time: environment.clock.now())
      environment.log.write(
        .warning,
        "token.unavailable",
        // The key of other tokens is made of their secrets.
        [
          ("key", order.isStored ? order.key : "http"), ("code", problem.code.id),
          ("why", problem.message),
        ]
      )
    }
  }

  private nonisolated func renew(_ order: TokenOrder, _ rejected: String?)
    async -> Result<HeldToken, Diagnostic>
  {
    do throws(Diagnostic) {
      if let stored = try await found(order, rejected) { return .success(stored) }
      switch try await shelf.open(order, rejected: rejected) {
      case .found(let token): return .success(token)
      case .mayRenew(let old, let fence):
        return try await acquire(order, old, fence)
      }
    } catch {
      return .failure(error)
    }
  }

  /// What another process left, without asking for the lease.
  private nonisolated func found(_ order: TokenOrder, _ rejected: String?)
    async throws(Diagnostic) -> HeldToken?
  {
    guard order.isStored, let stored = try await shelf.stored(order.key) else { return nil }
    let now = environment.clock.now()
    let isGood = stored.serves(order, at: now, rejected: rejected) && !stored.life.isDue(at: now)
    return isGood ? stored : nil
  }

  private nonisolated func acquire(_ order: TokenOrder, _ old: HeldToken?, _ fence: Int64?)
    async throws(Diagnostic) -> Result<HeldToken, Diagnostic>
  {
    let last = order.isStored ? old : await held[order.key]
    do throws(Diagnostic) {
      let tokens = try await acquirer.acquire(
        order.credential,
        refreshToken: last?.fingerprint == order.fingerprint ? last?.tokens.refreshToken : nil
      )
      let token = HeldToken(
        tokens,
        obtained: environment.clock.now(),
        fingerprint: order.fingerprint
      )
      return .success(try await shelf.keep(token, order, fence: fence))
    } catch {
      await shelf.abandon(order, fence)
      throw error
    }
  }
}
