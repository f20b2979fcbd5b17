import Connectors
import Diagnostics
import Seams
import Timekeeping

/// Keeps tokens in the store, and lets one process at a time renew each.
struct TokenShelf: Sendable {
  /// What renewing may begin with.
  enum Opening: Sendable {
    /// Another process has renewed it meanwhile.
    case found(HeldToken)
    /// This process may; the fence is `nil` for tokens that are not stored.
    case mayRenew(HeldToken?, fence: Int64?)
  }

  /// How long a living process is waited for: longer than asking takes, with all tries.
  static let patience = Duration.seconds(360)
  private static let pause = Duration.milliseconds(200)

  let environment: Environment
  private let leases = OwnLeases()

  init(environment: Environment) { self.environment = environment }

  /// What is stored, whoever it serves.
  func stored(_ key: String) async throws(Diagnostic) -> HeldToken? {
    let store = environment.store
    let row = try await asking { () async throws(StoreFailure) in try await store.token(key) }
    return opened(row)
  }

  /// Waits until this process may renew, or finds what another one got.
  ///
  /// Counts the time that it waits itself: the time of day may be set meanwhile.
  func open(_ order: TokenOrder, rejected: String?) async throws(Diagnostic) -> Opening {
    guard order.isStored else { return .mayRenew(nil, fence: nil) }
    var lost: Int64?
    var awaited: Int64?
    var waited = Duration.zero
    while true {
      switch try await lease(order.key, takingOver: lost) {
      case .granted(let fence, let row):
        let found = opened(row)
        let now = environment.clock.now()
        guard let found, found.serves(order, at: now, rejected: rejected),
          !found.life.isDue(at: now)
        else { return .mayRenew(found, fence: fence) }
        await abandon(order, fence)
        return .found(found)
      case .held(let holder, let fence):
        if fence != awaited { (awaited, waited) = (fence, .zero) }
        if await isInUse(order.key, holder), waited < Self.patience {
          try await wait()
          waited += Self.pause
        } else {
          lost = fence
        }
      }
    }
  }

  /// Saves what was got; what another process saved meanwhile counts more.
  ///
  /// A `connection` that was signed in to is saved with it, or neither is.
  func keep(
    _ token: HeldToken,
    _ order: TokenOrder,
    fence: Int64?,
    with connection: StoredConnection? = nil
  ) async throws(Diagnostic) -> HeldToken {
    guard let fence else { return token }
    defer { leases.release(order.key) }
    let sealed: [UInt8]
    do throws(VaultFailure) {
      sealed = try environment.vault.seal(token.bytes, for: SealPurpose.token(order.key))
    } catch {
      throw Self.failure(error.message)
    }
    let row = StoredToken(key: order.key, sealed: sealed, updated: environment.clock.now())
    let store = environment.store
    let isSaved = try await asking { () async throws(StoreFailure) in
      guard let connection else { return try await store.saveToken(row, fence: fence) }
      return try await store.saveConnection(connection, token: row, fence: fence)
    }
    if isSaved { return token }
    if connection != nil { throw Self.renewedElsewhere }
    return try await stored(order.key) ?? token
  }

  /// Lets others renew; other processes wait for a lease that cannot be ended, this one does not.
  func abandon(_ order: TokenOrder, _ fence: Int64?) async {
    guard let fence else { return }
    defer { leases.release(order.key) }
    try? await environment.store.endTokenLease(order.key, fence: fence)
  }

  // MARK: Store

  private func lease(_ key: String, takingOver lost: Int64?)
    async throws(Diagnostic) -> TokenLease
  {
    let store = environment.store
    leases.beginAsking(key)
    var isGranted = false
    defer { leases.endAsking(key, isGranted: isGranted) }
    let lease = try await asking { () async throws(StoreFailure) in
      try await store.leaseToken(key, takingOver: lost)
    }
    if case .granted = lease { isGranted = true }
    return lease
  }

  /// Whether the holder of a lease may still renew.
  private func isInUse(_ key: String, _ holder: OwnerID) async -> Bool {
    guard holder != environment.store.owner else { return leases.isUsed(key) }
    return await environment.store.isAlive(holder)
  }

  private func wait() async throws(Diagnostic) {
    do { try await environment.clock.pause(for: Self.pause) } catch {
      throw Self.failure("the wait for another process was cancelled")
    }
  }

  /// A token that cannot be opened is as good as none: a new one is asked for.
  private func opened(_ row: StoredToken?) -> HeldToken? {
    guard let row,
      let bytes = try? environment.vault.open(row.sealed, for: SealPurpose.token(row.key))
    else { return nil }
    return HeldToken(bytes: bytes)
  }

  private func asking<Value: Sendable>(_ body: () async throws(StoreFailure) -> Value)
    async throws(Diagnostic) -> Value
  {
    do throws(StoreFailure) { return try await body() } catch { throw Self.failure(error.message) }
  }

  static let renewedElsewhere = Diagnostic(
    .tokenUnavailable,
    "another process renewed the token at the same time",
    hint: "sign in once more"
  )

  private static func failure(_ why: String) -> Diagnostic {
    Diagnostic(
      .tokenUnavailable,
      "the stored token cannot be used: \(why)",
      hint: "check the data folder and its key"
    )
  }
}
